import { describe, expect, it } from '@jest/globals';
import { shopContext } from '../../../test/support/translator-tables.js';
import { tokenise } from '../text/tokens.js';
import { joinSplit } from './join-split.js';

const { schema } = shopContext();
const vocabulary = { ...schema.vocabulary, known: new Set(['co2']) };
const words = (text: string) => joinSplit(tokenise(text), { ...schema, vocabulary }).map(({ lower }) => lower);

describe('joinSplit', () => {
  it('makes one word of letters and digits that the tables know', () => {
    expect(words('average co2 in 2023')).toEqual(['average', 'co2', 'in', '2023']);
  });

  it('leaves what they do not know, and what stands apart', () => {
    expect(words('top5 co 2')).toEqual(['top', '5', 'co', '2']);
  });
});
