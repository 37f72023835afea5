import type { ContextOptions, TranslatorTable, ValueLookup } from '../translation.js';
import { root, stem } from '../text/stem.js';
import { wordsOf } from '../text/words.js';
import { type ColumnInfo, columnInfo, type SchemaWord } from './columns.js';
import { WordIndex } from './word-index.js';
import { findKeys, type Key } from './keys.js';
import { type Everyday, everydayOf } from './everyday.js';
import { takingsOf } from './quantities.js';

export interface TableInfo {
  readonly name: string;
  readonly rows: number;
  /** The words for one row: `order item` for `order_items`. */
  readonly entity: readonly SchemaWord[];
  readonly columns: readonly ColumnInfo[];
  /** Columns by which a person would name a row; none when nothing in the table does. */
  readonly labels: readonly ColumnInfo[];
  /** The column that tells rows apart. */
  readonly key: ColumnInfo | undefined;
  /** Dates and years, the one that says when a row happened first. */
  readonly dates: readonly ColumnInfo[];
  /** Where rows are states of a thing at several times: the column that names the thing. */
  readonly subject: ColumnInfo | undefined;
  /** What happens at the main date, in a word: `death` where rows have a `death_date`. */
  readonly event: SchemaWord | undefined;
  /** Where each row stands for many things: the column that says how many. */
  readonly tally: ColumnInfo | undefined;
  /** The only number of a table whose rows have no key: what its questions are about. */
  readonly soleAmount: ColumnInfo | undefined;
  /** What came in for each row, where rows are sales. */
  readonly takings: ColumnInfo | undefined;
  /** Whether rows are people. */
  readonly personal: boolean;
  /** What everyday words mean here. */
  readonly everyday: Everyday;
}

/** The catalog, prepared for linking words to it. */
export interface Schema {
  readonly tables: readonly TableInfo[];
  readonly keys: readonly Key[];
  readonly values: ValueLookup;
  /** Every word of the names of tables and columns. */
  readonly vocabulary: Vocabulary;
}

interface Vocabulary {
  readonly words: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly index: WordIndex;
}

const PERSONAL_COLUMNS =
  /^(?:first_?name|last_?name|surname|(?:[a-z]+_)?(?:gender|sex)|birth_?date|date_of_birth|dob|(?:[a-z]+_)?age)$/;
const PERSONS = new Set(
  `person people customer client user employee staff member passenger student patient player worker subscriber visitor
  guest voter donor athlete actor driver teacher survivor respondent participant resident contact lead applicant candidate`
    .split(/\s+/)
    .map(stem),
);
const FILLERS = new Set(
  'data table dataset list records tbl dim fact raw clean sample csv file train test info full all new my the of and in v1 v2'.split(
    ' ',
  ),
);

export function readSchema({ tables, values }: ContextOptions): Schema {
  const read = tables.map(tableInfo);
  return { tables: read, keys: findKeys(read, values), values, vocabulary: vocabularyOf(read) };
}

function vocabularyOf(tables: readonly TableInfo[]): Vocabulary {
  const words = tables.flatMap(({ columns, entity }) => [...entity, ...columns.flatMap((column) => column.words)]);
  const known = new Set(words.map(({ word }) => word));
  return {
    words: [...known],
    known,
    stems: new Set(words.flatMap((word) => [word.stem, word.root])),
    index: new WordIndex(words),
  };
}

function tableInfo({ table, columns: catalogColumns, rows }: TranslatorTable): TableInfo {
  const columns: ColumnInfo[] = [];
  const info = { name: table, rows, entity: entityWords(table), columns };
  const complete = info as typeof info & Omit<TableInfo, 'name' | 'rows' | 'entity' | 'columns'>;
  for (const column of catalogColumns) columns.push(columnInfo(complete, column, rows));
  Object.assign(complete, {
    labels: labelsOf(complete),
    key: columns.find(({ unique, role }) => unique && role === 'id') ?? columns.find(({ unique }) => unique),
    dates: datesOf(complete),
    subject: subjectOf(complete),
    event: eventOf(datesOf(complete), columns),
    tally: columns.find(({ name, role, type }) => role === 'number' && type === 'bigint' && TALLIES.test(name)),
    soleAmount: soleAmountOf(columns),
    personal: isPersonal(complete),
  });
  const takings = takingsOf(complete);
  if (takings?.product) columns.push(takings);
  Object.assign(complete, { takings });
  return Object.assign(complete, { everyday: everydayOf(complete) });
}

function entityWords(table: string): readonly SchemaWord[] {
  const words = wordsOf(table.replaceAll('_', ' ')).filter((word) => !/^\d+$/.test(word));
  const telling = words.filter((word) => !FILLERS.has(word));
  return (telling.length > 0 ? telling : words).map((word, index, all) => ({
    word,
    stem: stem(word),
    root: root(word),
    weight: index === all.length - 1 ? 1 : 0.5,
  }));
}

function isPersonal({ columns, entity }: Pick<TableInfo, 'columns' | 'entity'>): boolean {
  if (PERSONS.has(entity.at(-1)?.stem ?? '')) return true;
  const personal = columns.filter(({ name }) => PERSONAL_COLUMNS.test(name)).length;
  return personal >= 2 || columns.some(({ name }) => /^(?:first_?name|surname|date_of_birth)$/.test(name));
}

function labelsOf({ columns, entity, rows }: Pick<TableInfo, 'columns' | 'entity' | 'rows'>): readonly ColumnInfo[] {
  const texts = columns.filter(({ role }) => role === 'text');
  const telling = texts.filter(({ profile, unique }) => unique || (profile.distinct ?? 0) >= rows * 0.2);
  const isNamed = ({ words }: ColumnInfo) => {
    const own = words.filter((word) => !entity.some((part) => part.stem === word.stem));
    return own.length === 0 || (own.length === 1 && ['name', 'title', 'label', 'fullname'].includes(own[0]!.word));
  };
  const whole =
    telling.find(({ words }) => words.length <= 2 && words.some(({ word }) => word === 'full')) ??
    telling.find(isNamed);
  if (whole) return [whole];
  const first = texts.find(({ name }) => /^(?:first_?name|given_?name|forename)$/.test(name));
  const last = texts.find(({ name }) => /^(?:last_?name|family_?name|surname)$/.test(name));
  if (first && last) return [first, last];
  const likely =
    telling.find(({ words, head }) => words.some(({ word }) => /^(?:name|title)$/.test(word)) && head.weight < 1) ??
    telling.find(({ words }) => words.some(({ word }) => /^(?:name|title)$/.test(word))) ??
    texts.find(({ unique }) => unique);
  return likely ? [likely] : [];
}

const NAMES = /^(?:name|title|symbol|code|ticker|key|label|id|item|entity|series)$/;

/** `symbol` of prices by symbol and day: few things, each at many times. */
function subjectOf({ columns, rows }: Pick<TableInfo, 'columns' | 'rows'>): ColumnInfo | undefined {
  const isDated = columns.some(({ role }) => role === 'date' || role === 'year');
  if (!isDated || columns.some(({ role, unique }) => (role === 'id' || role === 'text') && unique)) return undefined;
  const names = columns.filter(
    ({ role, words }) => role === 'text' && words.length === 1 && NAMES.test(words[0]!.word),
  );
  const [name] = names;
  return names.length === 1 && (name!.profile.distinct ?? rows) < rows * 0.2 ? name : undefined;
}

function eventOf([main]: readonly ColumnInfo[], columns: readonly ColumnInfo[]): SchemaWord | undefined {
  const isSummary =
    columns.some(({ additive }) => additive) && !columns.some(({ unique, role }) => unique && role === 'id');
  if (isSummary) return undefined;
  if (!main || main.role !== 'date' || isBirth(main)) return undefined;
  const telling = main.words.filter(({ weight }) => weight === 1);
  const [word] = telling;
  return telling.length === 1 && main.words.length > 1 && !/(?:ed|ing)$/.test(word!.word) ? word : undefined;
}

const TALLIES = /^(?:count|cnt|n|freq|frequency|tally|people|persons|number_of_(?:people|persons|cases))$/;

function soleAmountOf(columns: readonly ColumnInfo[]): ColumnInfo | undefined {
  const numbers = columns.filter(({ role }) => role === 'number');
  const hasKey = columns.some(({ unique, role }) => unique && (role === 'id' || role === 'text'));
  return numbers.length === 1 && !hasKey ? numbers[0] : undefined;
}

const BEGUN =
  /^(?:created|opened|ordered|order|posted|submitted|recorded|event|start|started|transaction|sale|purchase|sold|booked)$/;
const AFTERWARDS =
  /^(?:closed|ended|end|updated|modified|deleted|cancelled|canceled|expires|expiry|expired|due|deadline|birth|dob|last|termination|shipped|delivered|left|leave|exit|exited|departure|departed|checkout|finish|finished|completed|done|fixed|repaired|resolved|return|returned|paid|adopted|withdrawn|collected|picked)$/;

function datesOf({ columns, entity }: Pick<TableInfo, 'columns' | 'entity'>): readonly ColumnInfo[] {
  const worth = (column: ColumnInfo) => dateWorth(column, entity);
  return columns
    .filter(({ role }) => role === 'date' || role === 'year')
    .sort((one, other) => worth(other) - worth(one));
}

/** Whether a date tells when a person was born rather than when a row happened. */
export function isBirth({ words }: ColumnInfo): boolean {
  return words.some(({ word }) => /^(?:birth|born|dob|birthday|birthdate)$/.test(word));
}

/** How likely a date is the one that says when a row happened. */
export function dateWorth({ role, words, profile }: ColumnInfo, entity: readonly SchemaWord[]): number {
  return (
    (role === 'date' ? 4 : 0) +
    (words.every(({ weight, word }) => weight < 1 && !AFTERWARDS.test(word)) ? 2 : 0) +
    (words.some((word) => entity.some((part) => part.stem === word.stem || part.root === word.root)) ? 1 : 0) +
    (profile.nullable ? 0 : 0.5) +
    (words.some(({ word }) => BEGUN.test(word)) ? 1 : 0) -
    (words.some(({ word }) => AFTERWARDS.test(word)) ? 1 : 0)
  );
}
