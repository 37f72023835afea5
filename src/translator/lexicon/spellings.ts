/** Ways to write one word: those of people, and those of the names of columns. */
const SPELLINGS: Readonly<Record<string, string>> = {
  maximum: 'max',
  minimum: 'min',
  average: 'avg',
  mean: 'avg',
  percentage: 'pct',
  percent: 'pct',
  number: 'num',
  total: 'tot',
  amount: 'amt',
  quantity: 'qty',
  date: 'dt',
  count: 'cnt',
  department: 'dept',
  customer: 'cust',
  account: 'acct',
  employee: 'emp',
  manager: 'mgr',
  address: 'addr',
  transaction: 'txn',
  balance: 'bal',
  description: 'desc',
};

/** One way to write a word, whichever is used. */
export function spelling(word: string): string {
  return Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word]! : word;
}

/** That of the word, and that of its singular. */
export function spellings(word: string): readonly string[] {
  const singular = word.length > 2 && word.endsWith('s') && word.at(-2) !== 's' ? word.slice(0, -1) : word;
  return singular === word ? [spelling(word)] : [spelling(word), spelling(singular)];
}
