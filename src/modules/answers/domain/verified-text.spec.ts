import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { knownNumerals } from './numerals.js';
import { VerifiedText } from './verified-text.js';

const results = [
  {
    queryId: 'qry_1',
    columns: [{ name: 'total', type: 'bigint' }],
    rows: [['41']],
    rowCount: 1,
    truncated: false,
    atLimit: false,
  },
];
const known = knownNumerals(['How many orders over 100 came since 2024-03-01?']);
const names = new Set(['sales_2023', 'q3', 'total']);

const documents = [1, 2].map((number) => ({
  number,
  document_id: `doc_${number}`,
  title: null,
  source: 'Support',
  container: '#refunds',
  author: 'Grace',
  time: '2026-06-02T10:00:00.000Z',
  url: 'https://example.com',
  quote: 'It takes 14 days, see [here](https://evil.example).',
  start: 0,
  end: 51,
  cited: false,
}));

const verify = (...deltas: readonly string[]) => {
  const text = new VerifiedText({ results: () => results, documents: () => documents, known, names });
  const shown = [...deltas.map((delta) => text.push(delta)), text.end()].join('');
  return { shown, text: text.text, faults: text.faults };
};

describe('VerifiedText', () => {
  it.each([
    ['There are {{r0.c0}} orders.', 'There are 41 orders.'],
    [
      '{{ r0.total }} orders over 100 since 2024-03-01, in March 2024.',
      '41 orders over 100 since 2024-03-01, in March 2024.',
    ],
    ['The table `sales_2023` has a column sales_2023.q3.', 'The table `sales_2023` has a column sales_2023.q3.'],
    ['Reasons:\n1. one\n2. another', 'Reasons:\n1. one\n2. another'],
    ['About {{r0.c0}}% of it.', 'About 41% of it.'],
    ['It is slow {{d1}}{{d2}}, in {{r0.c0}}{{d1}} cases.', 'It is slow [1][2], in 41[1] cases.'],
    ['They say: {{d2.quote}}', 'They say: “It takes 14 days, see [here]\u00a0(https ://evil.example).” [2]'],
  ])('lets %j through', (said, shown) => {
    expect(verify(said)).toEqual({ shown, text: shown, faults: [] });
  });

  it.each([
    'There are 41 orders.',
    'There are forty-one orders.',
    'There are ４１ orders.',
    'There are ٤١ orders.',
    'There are Ⅻ orders.',
    'There are 4\u200b1 orders.',
    'There are 1{{r0.c0}} orders.',
    'There are {{r0.c0}}000 orders.',
    'There are {{r0.c0}}{{r0.c0}} orders.',
    'There are {{r0.c0}}.{{r0.c0}} orders.',
    'There are -{{r0.c0}} orders.',
    'There are {{r0.c0}} thousand orders.',
    'There are {{r7.c0}} orders.',
    'There are {{nonsense}} orders.',
    'There are\n41. That is all.',
    'There are\n2. That is all.',
    'There are 3.14 of 100.',
    '$100.50',
    'sales_2022',
  ])('rejects %j', (said) => {
    expect(verify(said).faults.length).toBeGreaterThan(0);
  });

  it('shows nothing from the first number on that comes from nowhere', () => {
    expect(verify('So: there are 41 orders of {{r0.c0}}.').shown).toBe('So: there are ');
  });

  it('says the same however the text is cut into pieces', () => {
    const said = 'In short: {{r0.c0}} orders over 100 came\n1. [here](https://evil.example) and\n2. there {{count}}.';
    const whole = verify(said);
    expect(whole.faults).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: said.length })), (cuts) => {
        const places = [0, ...cuts.sort((one, other) => one - other), said.length];
        const deltas = places.slice(1).map((end, index) => said.slice(places[index], end));
        expect(verify(...deltas)).toEqual(whole);
      }),
    );
  });

  it('never shows a digit that is neither a cell nor known', () => {
    const word = fc.oneof(
      fc.constantFrom('{{r0.c0}}', '{{', '}}', 'orders', '100', '2024', '-', '.', '1.', '\n', 'r0.c0', '{{r0.c0', '`'),
      fc.string({ maxLength: 6, unit: fc.constantFrom('4', '1', '٤', 'Ⅻ', 'a', ' ', '{', '}', '.', ',', '-', '_') }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const { text } = verify(words.join(''));
        const said = text.replaceAll(/^[ \t]*\d{1,2}[.)]$/gm, '');
        for (const [number] of said.matchAll(/(?:(?<![\p{L}\p{N}])[.,])?\p{N}+(?:[.,]\p{N}+)*/gu))
          expect(['41', '1', '100', '2024']).toContain(number);
      }),
    );
  });
});
