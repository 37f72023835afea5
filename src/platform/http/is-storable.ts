import { ValidateBy } from 'class-validator';

/** Text that is kept: without NUL and halves of characters, since no database keeps both and UTF-8 cannot write the latter. */
export function IsStorable() {
  return ValidateBy({
    name: 'isStorable',
    validator: {
      validate: (value: unknown) => typeof value !== 'string' || isStorable(value),
      defaultMessage: () => '$property must not contain NUL or halves of characters',
    },
  });
}

export function isStorable(text: string): boolean {
  return !/\0|\p{Cs}/u.test(text);
}
