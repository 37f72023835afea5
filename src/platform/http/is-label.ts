import { ValidateBy } from 'class-validator';

/** A name for people to read: one line without surrounding spaces, control characters or changes of direction. */
export function IsLabel(maximum = 100) {
  return ValidateBy({
    name: 'isLabel',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isLabel(value, maximum),
      defaultMessage: () =>
        `$property must be 1 to ${maximum} characters without control characters, and must not begin or end with a space`,
    },
  });
}

export function isLabel(text: string, maximum: number): boolean {
  const length = [...text].length;
  return (
    length >= 1 && length <= maximum && text.trim() === text && !/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u.test(text)
  );
}
