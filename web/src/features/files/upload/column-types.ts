/** The types of columns as people say them. */
export const columnTypes: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'varchar', label: 'Text' },
  { value: 'bigint', label: 'Whole number' },
  { value: 'double', label: 'Number (floating point)' },
  { value: 'decimal', label: 'Exact decimal' },
  { value: 'boolean', label: 'True or false' },
  { value: 'date', label: 'Date' },
  { value: 'timestamp', label: 'Date and time' },
  { value: 'timestamp with time zone', label: 'Date and time with zone' },
  { value: 'time', label: 'Time of day' },
  { value: 'json', label: 'JSON' },
];

export interface TypeChoice {
  /** One of `columnTypes`. */
  readonly base: string;
  /** Digits in all and after the mark; they matter to decimals only. */
  readonly precision: string;
  readonly scale: string;
}

export function chosenType(type: string): TypeChoice {
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(type);
  return { base: decimal ? 'decimal' : type, precision: decimal?.[1] ?? '18', scale: decimal?.[2] ?? '2' };
}

export function typeOf({ base, precision, scale }: TypeChoice): string {
  return base === 'decimal' ? `decimal(${precision},${scale})` : base;
}

/** What a format says for a type, with usual ones; undefined for types that have none. */
export function formatsFor(base: string): { readonly hint: string; readonly usual: readonly string[] } | undefined {
  switch (base) {
    case 'varchar':
    case 'json':
      return undefined;
    case 'boolean':
      return { hint: 'The texts for true and false, such as yes/no.', usual: ['true/false', 'yes/no', 'y/n', '1/0'] };
    case 'bigint':
    case 'double':
    case 'decimal':
      return {
        hint: 'A sample of how numbers are written. Empty: 1234.5.',
        usual: ['1,234.50', '1.234,50', '1 234,50', '1,50', '$1.50', '10%'],
      };
    case 'date':
      return {
        hint: 'How days are written. Empty: 2024-12-31.',
        usual: ['%d/%m/%Y', '%m/%d/%Y', '%d.%m.%Y', '%Y/%m/%d', '%d %b %Y'],
      };
    case 'time':
      return { hint: 'How times are written. Empty: 23:59:00.', usual: ['%H:%M', '%H:%M:%S', '%I:%M %p'] };
    default:
      return {
        hint: 'How moments are written. Empty: 2024-12-31 23:59:00.',
        usual: ['%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M', '%d.%m.%Y %H:%M:%S', '%Y/%m/%d %H:%M:%S'],
      };
  }
}
