/** Forms that no suffix rule explains. */
const IRREGULAR: Readonly<Record<string, string>> = Object.fromEntries(
  `geese goose,mice mouse,men man,women woman,children child,feet foot,teeth tooth,people person,persons person,ups up,
  sold sell,bought buy,paid pay,spent spend,made make,born birth,died death,die death,dies death,went go,gone go,left leave,
  built build,daily day,days day,indices index,analyses analysis,lives live,living live,wives wife,leaves leave,
  met meet,won win,lost lose,sent send,flew fly,flown fly,rode ride,ridden ride,drove drive,driven drive,broke break,broken break,stole steal,stolen steal,grew grow,grown grow,taught teach,caught catch,ate eat,eaten eat,fed feed,swam swim,gave give,given give,wrote write,written write,weighs weigh,weighing weigh,weighed weigh,
  centre center,theatre theater,lat latitude,metre meter,metres meter,litre liter,litres liter,feb february,data data,aged age,ages age,rated rating,ratings rating`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** Nouns whose verb looks otherwise. */
const VERBS: Readonly<Record<string, string>> = Object.fromEntries(
  'resolution resolve,solution solve,decision decide,growth grow,loss lose,choice choose,receipt receive,departure depart,arrival arrive'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
);

const SUFFIXES = /(?:isation|ization|ation|ition|ment|ance|ence|ness|ity|ion|ive|ist|ful|ure|al|or|er)$/;
const stems = new Map<string, string>();
const MOST_REMEMBERED = 50_000;

/** What the inflected forms of an English word have in common; not itself a word. `cities`, `city` → `citi`; `hired`, `hires` → `hir`. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_REMEMBERED) stems.clear();
  const found = withoutInflection(Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word]! : word);
  stems.set(word, found);
  return found;
}

/** What words of one family have in common: `director`, `directed` → `direct`; `rainy` → `rain`. */
export function root(word: string): string {
  if (Object.hasOwn(VERBS, word)) return stem(VERBS[word]!);
  const base = stem(word);
  const short = base.replace(SUFFIXES, '');
  if (short !== base && short.length >= 4) return tidy(short.replace(/([^aeiou])i$/, '$1'));
  if (/.{4}at$/.test(base)) return base.slice(0, -2);
  return base.length > 4 && /[^aeiou]y$/.test(word) ? tidy(base.slice(0, -1)) : base;
}

function withoutInflection(word: string): string {
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  if (WHOLE.has(withoutPlural(word))) return withoutPlural(word);
  return tidy(
    withoutEnding(withoutPlural(word))
      .replace(/our$/, 'or')
      .replace(/is(e?)$/, 'iz$1'),
  );
}

function withoutPlural(word: string): string {
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return word.slice(0, -2);
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && !word.endsWith('is') ? word.slice(0, -1) : word;
}

/** Nouns that only look like forms of another word: a rating is no rate, and a fare is not far. */
const WHOLE = new Set(['rating', 'fare']);

function withoutEnding(word: string): string {
  const cut = word.replace(/(?:ing|ed|ly)$/, '');
  return cut !== word && cut.length >= 3 && /[aeiouy]/.test(cut) ? cut : word;
}

/** Ends that spelling adds or drops: a doubled consonant and a silent e. */
function tidy(word: string): string {
  const single = word.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
  return single.length > 3 ? single.replace(/e$/, '').replace(/([^aeiou])y$/, '$1i') : single;
}
