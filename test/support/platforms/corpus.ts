/** People of a company, who write in its channels and trackers. */
export const people = [
  { id: 1, login: 'ada', name: 'Ada Lovelace' },
  { id: 2, login: 'grace', name: 'Grace Hopper' },
  { id: 3, login: 'kenji', name: '佐藤 健二' },
  { id: 4, login: 'ines', name: 'Inês Carvalho' },
  { id: 5, login: 'omar', name: 'Omar Haddad' },
  { id: 6, login: 'yuki', name: '高橋 由紀' },
  { id: 7, login: 'petra', name: 'Petra Novák' },
  { id: 8, login: 'sam', name: 'Sam O’Neill' },
] as const;
export type Person = (typeof people)[number];

const subjects = [
  'the invoice import',
  'the warehouse in Lisbon',
  'checkout on phones',
  'the nightly price feed',
  'the returns form',
  'search suggestions',
  'the customs paperwork for Norway',
  'the loyalty points report',
  'the login page',
  'the delivery slots of next week',
  'stock levels in Osaka',
  'the export to the tax office',
] as const;
const troubles = [
  'fails with a timeout after about forty seconds',
  'shows yesterday’s numbers',
  'rounds amounts below one cent away',
  'is rejected because the reference is longer than 35 characters',
  'drops the last line of every file',
  'counts cancelled orders twice',
  'does not accept addresses without a house number',
  'became slower since the update on Tuesday',
  'works in the test system and nowhere else',
  'sorts names with accents to the end',
] as const;
const causes = [
  'the index on order_date was never rebuilt',
  'the partner changed the encoding of its files from UTF-8 to Windows-1252',
  'two jobs write the same file at 02:00',
  'the certificate of the gateway expired on Sunday',
  'the retry has no upper bound',
  'somebody set the quota to 500 instead of 5000',
  'the cache key does not contain the currency',
] as const;
const deeds = [
  'I will roll it back before lunch',
  'we agreed to split the batch into chunks of 250',
  'please check with finance first',
  'the fix is on staging, have a look',
  'I opened a ticket with the carrier',
  'let us talk about it on Thursday at 10:00',
  'nobody should touch the table until then',
] as const;
const japanese = [
  '在庫数が倉庫システムと一致していません。',
  '昨日のリリース後から発生しています。',
  '請求書の出力を確認してください。',
  '木曜日までに修正する予定です。',
  '原因はタイムゾーンの扱いでした。',
] as const;

/** Writes what people of a company write, always the same for the same seed. */
export class Writer {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to but without 1. */
  number(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.number() * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  person(): Person {
    return this.pick(people);
  }

  title(): string {
    return capital(`${this.pick(subjects)} ${this.pick(troubles)}`);
  }

  sentence(): string {
    const kind = this.below(6);
    if (kind === 0) return this.pick(japanese);
    if (kind === 1) return capital(`${this.pick(deeds)}.`);
    if (kind === 2) return `It looks as if ${this.pick(causes)}.`;
    if (kind === 3)
      return `Order ${100_000 + this.below(900_000)}: ${(this.below(90_000) / 100).toFixed(2)} EUR, customer ${this.below(5000)}.`;
    return `${this.title()}.`;
  }

  paragraph(): string {
    return Array.from({ length: 1 + this.below(4) }, () => this.sentence()).join(' ');
  }

  /** Markdown with a heading and steps, as issues have it. */
  report(): string {
    const steps = Array.from({ length: 2 + this.below(3) }, (_, index) => `${index + 1}. ${this.sentence()}`);
    return `${this.paragraph()}\n\n## Steps\n\n${steps.join('\n')}\n\n${this.paragraph()}`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
