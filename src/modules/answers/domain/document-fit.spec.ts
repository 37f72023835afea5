import { describe, expect, it } from '@jest/globals';
import { searchTerms, stopWords } from '../../../platform/text/search-terms.js';
import type { SearchHit } from '../../search/search.dto.js';
import { fitting, type LeastFit } from './document-fit.js';

const termsOf = (text: string) => [...new Set([...searchTerms(text)].map(({ term }) => term))];
const asked = (question: string) => termsOf(question).filter((term) => !stopWords.has(term));

const hit = (text: string, question: string, changes: Partial<SearchHit> = {}): SearchHit => ({
  document_id: text,
  kind: 'message',
  source: { source_id: 'src_1', name: 'Acme Slack', kind: 'slack' },
  title: null,
  container: '#finance',
  author: 'Ada Lovelace',
  time: '2026-05-01T08:00:00.000Z',
  url: 'https://example.com',
  quote: { text, start: 0, end: text.length, highlights: [] },
  score: 1,
  why: {
    words_rank: 1,
    vectors_rank: 1,
    words: termsOf(text).filter((term) => asked(question).includes(term)),
    similarity: 0.5,
  },
  ...changes,
});

const fits = (question: string, text: string, least: LeastFit, changes: Partial<SearchHit> = {}) =>
  fitting([hit(text, question, changes)], asked(question), least).length === 1;

describe('fitting', () => {
  it.each([
    ['How long does a refund take at the bank?', 'The refund takes long, the bank is slow.', {}, true],
    ['How long does a refund take at the bank?', 'The bank is closed.', {}, false],
    ['Show messages about refunds', 'Refunds arrive late.', {}, true],
    ['Show issues from Slack', 'The report shows last year.', {}, false],
    ['issues about refunds', 'Refunds arrive twice.', { kind: 'issue' }, true],
    ['What did Ada Lovelace write about refunds?', 'Refunds arrive twice.', {}, true],
    ['What did Ada Lovelace write?', 'Refunds arrive twice.', {}, false],
    ['Who invented the telephone?', 'The telephone of the warehouse is broken.', {}, false],
    [
      'Which issue is about refunds arriving twice?',
      'See below.',
      { kind: 'issue', title: 'Refunds arrive twice' },
      true,
    ],
  ] as const)('where tables have nothing, for %j: %j %j is %j', (question, text, changes, expected) => {
    expect(fits(question, text, 'half', changes)).toBe(expected);
  });

  it('asks for more where tables have something', () => {
    const question = 'Who restarted the nightly price feed?';
    expect(fits(question, 'The nightly price feed stood still, I restarted it.', 'most')).toBe(true);
    expect(fits(question, 'The nightly price list is wrong.', 'most')).toBe(false);
    expect(fits('How many orders are open?', 'The orders are open again.', 'most')).toBe(false);
    expect(fits('What did Ada Lovelace say about the price feed?', 'The price feed is late.', 'most')).toBe(true);
  });

  it('puts those first that have most of the words, and leaves out what has much fewer', () => {
    const question = 'Why does the octopus export of the shop hang?';
    const texts = ['The octopus export hangs.', 'The octopus export.', 'The octopus export of the shop hangs.'];
    const found = fitting(
      texts.map((text) => hit(text, question)),
      asked(question),
      'half',
    );
    expect(found.map(({ quote }) => quote.text)).toEqual([texts[2]]);
  });
});
