import { describe, expect, it } from '@jest/globals';
import { chosenOption } from './chosen-option.js';

const years = [
  { value: 'orders in 2023', label: '2023' },
  { value: 'orders in 2024', label: 'The year 2024' },
];
const approval = [
  { value: 'approve', label: 'Run it' },
  { value: 'decline', label: 'Do not run it' },
];

describe('chosenOption', () => {
  it.each([
    [years, '2023', 'orders in 2023'],
    [years, ' the YEAR 2024. ', 'orders in 2024'],
    [years, '2', 'orders in 2024'],
    [years, 'option 1', 'orders in 2023'],
    [years, 'orders in 2024', 'orders in 2024'],
    [approval, 'Yes', 'approve'],
    [approval, 'no!', 'decline'],
    [approval, 'run it', 'approve'],
  ])('finds what is meant in %# ("%s")', (options, said, value) => {
    expect(chosenOption(options, said)?.value).toBe(value);
  });

  it.each(['3', 'yes', 'how many in Porto?', ''])('takes "%s" for a new question', (said) => {
    expect(chosenOption(years, said)).toBeUndefined();
  });
});
