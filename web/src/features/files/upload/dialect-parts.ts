import type { Schemas } from '@/lib/api/client';

export type Dialect = Schemas['Dialect'];
export type DialectPart = 'encoding' | 'delimiter' | 'quote' | 'header' | 'decimal' | 'skip_rows';

/** The parts that a person can set, in the order in which they are asked for. */
export const dialectParts: readonly DialectPart[] = [
  'encoding',
  'delimiter',
  'quote',
  'header',
  'decimal',
  'skip_rows',
];

/** For a file that could not be read as it was guessed to be: where to begin. */
export const plainDialect: Dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  decimal: '.',
  newline: '\n',
  compression: 'none',
  skip_rows: 0,
};

export type DialectChange = Partial<Pick<Dialect, DialectPart>>;

/** The parts that differ from what the file itself suggests: those that a person has set. */
export function partsSetByHand(dialect: Dialect, detected: Dialect | undefined): DialectChange {
  if (!detected) return {};
  const set = dialectParts.filter((part) => dialect[part] !== detected[part]);
  return Object.fromEntries(set.map((part) => [part, dialect[part]]));
}

/** The parts as the preview's query takes them. */
export function asQuery({ delimiter, header, ...rest }: DialectChange) {
  return {
    ...rest,
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\t' ? 'tab' : delimiter }),
    ...(header === undefined ? {} : { header: header ? ('true' as const) : ('false' as const) }),
  };
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'Comma ,',
  ';': 'Semicolon ;',
  '\t': 'Tab',
  '|': 'Pipe |',
  ' ': 'Space',
  ':': 'Colon :',
  '^': 'Caret ^',
};

export const usualDelimiters = Object.keys(delimiterNames);

export function delimiterName(delimiter: string): string {
  return delimiterNames[delimiter] ?? delimiter;
}

/** What files usually come in; any other name can be had through the API. */
export const usualEncodings = [
  'utf-8',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'koi8-r',
  'macintosh',
];
