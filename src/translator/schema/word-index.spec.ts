import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { root, stem } from '../text/stem.js';
import { tokenise } from '../text/tokens.js';
import { wordMatch } from '../linking/word-match.js';
import { WordIndex } from './word-index.js';

const names =
  'amount amt price cost temperature temp customer cust orders date dt salary wage city ad region qty siblings sib rating rate weight height departure'.split(
    ' ',
  );
const words = names.map((word) => ({ word, stem: stem(word), root: root(word), weight: 1 }));
const index = new WordIndex(words);

describe('WordIndex', () => {
  it('finds every word that matches', () => {
    const asked = fc.constantFrom(
      ...names,
      'ads',
      'amounts',
      'earnings',
      'towns',
      'temper',
      'pay',
      'ordered',
      'rated',
      'departed',
      'clients',
    );
    fc.assert(
      fc.property(asked, (text) => {
        const [token] = tokenise(text);
        const near = index.near(token!);
        for (const word of words) if (wordMatch(token!, word) > 0) expect(near).toContain(word);
      }),
    );
  });
});
