/** Names that count nothing: one says "weather records", not "weathers". */
const uncountable = new Set(
  `weather data staff traffic inventory stock history health software equipment information feedback revenue income
  climate energy population money news music water electricity attendance enrollment employment production`.split(
    /\s+/,
  ),
);
const irregular: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  mouse: 'mice',
  foot: 'feet',
  goose: 'geese',
};
const singulars = new Map(Object.entries(irregular).map(([one, many]) => [many, one]));

/** What the rows of a table are called: `order_items` has "order items", `weather` has "weather records". */
export function rowsWords(table: string, count: 'one' | 'many' = 'many'): string {
  const words = table.replaceAll('_', ' ').trim().split(/\s+/);
  const last = words.at(-1)!.toLowerCase();
  const isName = /^[a-z]+$/.test(last) && !uncountable.has(last);
  const counted = isName
    ? words.with(words.length - 1, count === 'one' ? singular(last) : plural(last))
    : [...words, count === 'one' ? 'record' : 'records'];
  return counted.join(' ');
}

function isPlural(word: string): boolean {
  return singulars.has(word) || (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) || word === 'series';
}

function plural(word: string): string {
  if (isPlural(word)) return word;
  if (irregular[word]) return irregular[word];
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function singular(word: string): string {
  if (!isPlural(word) || word === 'series') return word;
  const known = singulars.get(word);
  if (known) return known;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:ss|x|z|ch|sh|us)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
