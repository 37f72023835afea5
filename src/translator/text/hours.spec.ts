import { describe, expect, it } from '@jest/globals';
import { tokenise } from './tokens.js';
import { readHours } from './hours.js';

const hours = (text: string) => {
  const found = readHours(tokenise(text).map(({ lower }) => lower));
  return found && [found.hours[0], found.hours.at(-1), found.length];
};

describe('readHours', () => {
  it.each([
    ['after 6pm', [18, 23, 3]],
    ['before noon', [0, 11, 2]],
    ['before 9 am on Monday', [0, 8, 3]],
    ['after 18:00', [18, 23, 4]],
    ["before 8 o'clock", [0, 7, 4]],
    ['between 9 and 11 am', [9, 10, 5]],
    ['between 2 and 4 pm', [14, 15, 5]],
    ['in the morning', [5, 11, 3]],
    ['evenings', [18, 23, 1]],
  ])('%s', (text, expected) => {
    expect(hours(text)).toEqual(expected);
  });

  it.each(['after 6', 'between 2 and 4', 'before 2023', 'after 6 days', 'in the mountains'])(
    'reads no hours in: %s',
    (text) => {
      expect(hours(text)).toBeUndefined();
    },
  );
});
