/** Digits of any script, with a sign, a leading point, and what separates them inside a number. */
const numeral = /(?:(?<=^|[\s(])[-−])?(?:(?<![\p{Letter}\p{Nd}])[.,])?\p{Nd}+(?:[.,:/'’\u00a0\u202f-]\p{Nd}+)*/gu;
/** Roman, circled and raised numbers, and fractions: some of them normalise to letters. */
const otherNumeral = /[\p{Nl}\p{No}]/gu;
const numberWords = new Set(
  `zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
  billion billions trillion trillions dozen dozens twice thrice double triple half halves third thirds`.split(/\s+/),
);

/** What a text says in digits or in words for numbers, in a form in which it can be compared. */
export function numeralsOf(text: string): readonly string[] {
  const normal = text.normalize('NFKC').toLowerCase();
  const digits = [...normal.matchAll(numeral)].map(([each]) => comparable(each));
  return [...digits, ...(text.match(otherNumeral) ?? []), ...wordsOf(normal).filter((word) => numberWords.has(word))];
}

/** What a text makes known: its numerals, and the parts of its dates. */
export function knownNumerals(texts: readonly string[]): ReadonlySet<string> {
  const all = texts.flatMap(numeralsOf);
  const parts = all.filter((each) => /^\d{4}-\d{1,2}(?:-\d{1,2})?$/.test(each)).flatMap((each) => each.split('-'));
  return new Set([...all, ...parts.map(comparable)]);
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[^\p{Letter}\p{Number}]+/u);
}

function comparable(written: string): string {
  return written.replace(/(?<=\p{Nd})[,'’\u00a0\u202f]/gu, '').replace(/^0+(?=\d)/, '');
}
