import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asksTheSame, normalizedQuestion } from './same-question.js';

describe('normalizedQuestion', () => {
  it('is the same whatever case, accents, spaces and punctuation', () => {
    expect(normalizedQuestion('  ¿Quántos   pedidos de “São Paulo”?! ')).toBe('quantos pedidos de sao paulo');
    expect(normalizedQuestion('amount >= 1,000.50?')).toBe('amount >= 1,000.50');
  });

  it('stays as it is when it is normalized again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (question) => {
        const once = normalizedQuestion(question);
        expect(normalizedQuestion(once)).toBe(once);
      }),
    );
  });
});

describe('asksTheSame', () => {
  it.each([
    ['How many orders came from Lisbon?', 'how many orders came from lisbon'],
    ['What is the total revenue?', 'Please show me total revenue'],
    ['orders by city in 2023', 'In 2023 orders by city'],
    ['What was the average amount for Porto by month?', 'average amount by month for Porto'],
  ])('takes %j for %j', (one, other) => {
    expect([asksTheSame(one, other), asksTheSame(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['orders in 2023', 'orders in 2024'],
    ['orders from Lisbon', 'orders to Lisbon'],
    ['orders from Lisbon to Porto', 'orders from Porto to Lisbon'],
    ['more orders in Lisbon than in Porto', 'more orders in Porto than in Lisbon'],
    ['revenue in 2023 and costs in 2024', 'revenue in 2024 and costs in 2023'],
    ['revenue in 2023 and costs by city', 'revenue by city and costs in 2023'],
    ['customers without orders', 'orders without customers'],
    ['users who follow admins', 'admins who follow users'],
    ['amount > 100', 'amount < 100'],
    ['revenue minus costs', 'costs minus revenue'],
    ['how many orders', 'how many orders not paid'],
    ['orders with more items before May', 'orders before May with more items'],
    ['the', 'a'],
    ['', ''],
  ])('does not take %j for %j', (one, other) => {
    expect([asksTheSame(one, other), asksTheSame(other, one)]).toEqual([false, false]);
  });

  it('never takes a question for one with other words, however long they are', () => {
    const word = fc.constantFrom(
      'orders',
      'city',
      'amount',
      'lisbon',
      'porto',
      '2023',
      'in',
      'by',
      'the',
      'show',
      'and',
    );
    const sorted = (question: readonly string[]) =>
      question
        .filter((each) => !['the', 'show'].includes(each))
        .sort()
        .join();
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(word, { maxLength: 30 }), (one, other) => {
        if (asksTheSame(one.join(' '), other.join(' '))) expect(sorted(one)).toBe(sorted(other));
      }),
    );
  });
});
