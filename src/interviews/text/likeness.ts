const word = /[\p{Letter}\p{Number}][\p{Letter}\p{Number}'’]*/gu;
/** Words that say nothing of what a sentence is about. */
const common = new Set(
  (
    'a about all also an and any are as at be because been but by can could did do does for from get had has have how ' +
    'i if in into is it its just like me might more most much must my no not of on one or our out over people should ' +
    'so some such than that the their them then there these they this those to up us very was we were what when where ' +
    'which who will with would you your'
  ).split(' '),
);

/** The words that tell what a text is about, lower-case and without plain endings. */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = [...text.toLowerCase().matchAll(word)].map(([each]) => each);
  return new Set(words.filter((each) => each.length > 2 && !common.has(each)).map(plain));
}

/** 0 to 1: how many of their words two texts share (Dice). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let shared = 0;
  for (const each of one) if (other.has(each)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}

function plain(each: string): string {
  return each.replace(/['’]s?$/, '').replace(/(?<=.{3})(?:ies|es|s|ing|ed)$/, '');
}
