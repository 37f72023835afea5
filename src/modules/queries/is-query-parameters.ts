import { ValidateBy } from 'class-validator';

const maximum = 1000;

/** An array of plain values: text, finite numbers, booleans and null. */
export function IsQueryParameters() {
  return ValidateBy({
    name: 'isQueryParameters',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && value.length <= maximum && value.every(isPlain),
      defaultMessage: () => `$property must be an array of at most ${maximum} texts, numbers, booleans and nulls`,
    },
  });
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
