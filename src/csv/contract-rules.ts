import type { ProblemPart } from '../platform/errors/problem.js';
import { isColumnName, MAX_NAME_LENGTH } from './column-names.js';
import type { Contract, ContractColumn, Dialect } from './contract.js';
import { dialectFaults } from './dialect-rules.js';
import { assertKnownEncoding, UnknownEncoding } from './encoding.js';
import { numberStyle } from './number-style.js';
import type { Preview } from './preview.js';
import { RESERVED_WORDS } from './reserved-words.js';
import { strptime, StrptimeError } from './strptime.js';
import { decimalSize } from './value-reader.js';

/** A column of the file as a preview shows it. */
export interface FileColumn {
  readonly source_name: string;
}

type Report = (pointer: string, detail: string) => void;

const TYPES = new Set([
  'boolean',
  'bigint',
  'double',
  'varchar',
  'date',
  'timestamp',
  'timestamp with time zone',
  'time',
  'json',
]);
const TYPE_LIST =
  'boolean, bigint, double, decimal(p,s), varchar, date, timestamp, timestamp with time zone, time, json';
const MAX_NULL_TEXTS = 100;
const MAX_NULL_TEXT_LENGTH = 200;

/** The contract that a preview suggests: every column as inferred, none dropped. */
export function proposeContract({ dialect, columns }: Pick<Preview, 'dialect' | 'columns'>): Contract {
  return {
    dialect: { ...dialect },
    columns: columns.map(({ source_name, name, type, format, null_values }) => ({
      source_name,
      name,
      type,
      ...(format === undefined ? {} : { format }),
      ...(null_values === undefined ? {} : { null_values: [...null_values] }),
    })),
  };
}

/** Names of the columns whose reading a person changed: type, format or null texts differ from the proposal. Such types are fixed. */
export function changedColumns(contract: Contract, proposal: Contract): string[] {
  return contract.columns
    .filter((column, index) => !column.drop && readingOf(column) !== readingOf(proposal.columns[index]))
    .map(({ name }) => name);
}

function readingOf(column: ContractColumn | undefined): string {
  return JSON.stringify([column?.type, column?.format ?? null, column?.null_values ?? []]);
}

/** Everything that is wrong with a contract for a file with these columns; empty when it can be applied. */
export function contractFaults(contract: Contract, fileColumns: readonly FileColumn[]): ProblemPart[] {
  const faults: ProblemPart[] = [];
  const report: Report = (pointer, detail) => faults.push({ pointer, detail });
  checkDialect(contract.dialect, report);
  checkPlaces(contract.columns, fileColumns, report);
  checkNames(contract.columns, report);
  for (const [index, column] of contract.columns.entries()) {
    if (!column.drop) checkColumn(column, `/columns/${index}`, report);
  }
  return faults;
}

function checkDialect(dialect: Dialect, report: Report): void {
  try {
    assertKnownEncoding(dialect.encoding);
  } catch (error) {
    if (!(error instanceof UnknownEncoding)) throw error;
    report('/dialect/encoding', error.message);
  }
  for (const { part, detail } of dialectFaults(dialect)) report(`/dialect/${part}`, detail);
}

/** The contract names every column of the file, in the file's order: names may be used twice, places cannot. */
function checkPlaces(columns: readonly ContractColumn[], fileColumns: readonly FileColumn[], report: Report): void {
  for (const [index, { source_name: given }] of columns.entries()) {
    const expected = fileColumns[index]?.source_name;
    if (given === expected) continue;
    const place = fileColumns.findIndex(({ source_name }) => source_name === given);
    const here =
      expected === undefined
        ? `The file has only ${fileColumns.length} columns`
        : `Column ${index + 1} of the file is "${expected}"`;
    const there =
      place < 0
        ? `it has no column "${given}"`
        : `"${given}" is its column ${place + 1}; keep the file's order, and set drop to leave a column out`;
    report(`/columns/${index}/source_name`, `${here}; ${there}.`);
  }
  if (columns.length < fileColumns.length) {
    const missing = fileColumns.slice(columns.length, columns.length + 3).map(({ source_name }) => `"${source_name}"`);
    const detail = `The file has ${fileColumns.length} columns and the contract ${columns.length}; ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Set drop to leave a column out.`;
    report('/columns', detail);
  }
}

function checkNames(columns: readonly ContractColumn[], report: Report): void {
  const first = new Map<string, number>();
  for (const [index, { name, drop }] of columns.entries()) {
    if (drop) continue;
    const pointer = `/columns/${index}/name`;
    const earlier = first.get(name);
    if (!isColumnName(name)) report(pointer, nameFault(name));
    else if (earlier !== undefined) report(pointer, `The name ${name} is already given to column ${earlier + 1}.`);
    else first.set(name, index);
  }
  if (columns.length > 0 && columns.every(({ drop }) => drop))
    report('/columns', 'Every column is dropped; keep at least one.');
}

function nameFault(name: string): string {
  if (RESERVED_WORDS.has(name)) return `${name} is a reserved word of SQL; ${name}_ would do.`;
  if (name.length > MAX_NAME_LENGTH) return `The name is longer than ${MAX_NAME_LENGTH} characters.`;
  return `"${name}" cannot be used without quotes in SQL: use a to z, 0 to 9 and _, and no digit at the start.`;
}

function checkColumn(
  { type, format, null_values: nullValues = [] }: ContractColumn,
  pointer: string,
  report: Report,
): void {
  const typeFault = faultOfType(type);
  if (typeFault !== undefined) report(`${pointer}/type`, typeFault);
  else if (format !== undefined) {
    const formatFault = faultOfFormat(type, format);
    if (formatFault !== undefined) report(`${pointer}/format`, formatFault);
  }
  if (nullValues.length > MAX_NULL_TEXTS)
    report(`${pointer}/null_values`, `A column has at most ${MAX_NULL_TEXTS} null texts.`);
  for (const [index, text] of nullValues.entries()) {
    if (text.length > MAX_NULL_TEXT_LENGTH)
      report(`${pointer}/null_values/${index}`, `A null text has at most ${MAX_NULL_TEXT_LENGTH} characters.`);
  }
}

function faultOfType(type: string): string | undefined {
  if (TYPES.has(type)) return undefined;
  const size = decimalSize(type);
  if (!size) return `There is no type "${type}"; known are ${TYPE_LIST}.`;
  if (size.precision < 1 || size.precision > 38) return `A decimal has 1 to 38 digits, not ${size.precision}.`;
  return size.scale > size.precision
    ? `A decimal of ${size.precision} digits cannot have ${size.scale} of them after the point.`
    : undefined;
}

function faultOfFormat(type: string, format: string): string | undefined {
  if (type === 'varchar' || type === 'json') return `A column of type ${type} has no format.`;
  if (type === 'boolean') return faultOfPair(format);
  if (type === 'bigint' || type === 'double' || type.startsWith('decimal')) {
    const known =
      "known are 1.50, 1,50, 1,234.50, 1.234,50, 1 234.50, 1 234,50 and 1'234.50, also with a currency sign ($ € £ ¥) or %";
    return numberStyle(format) ? undefined : `There is no number format "${format}"; ${known}.`;
  }
  return faultOfPattern(type, format);
}

function faultOfPair(format: string): string | undefined {
  const [truth, falsehood, ...rest] = format.toLowerCase().split('/');
  const isPair = Boolean(truth) && Boolean(falsehood) && rest.length === 0 && truth !== falsehood;
  return isPair ? undefined : `"${format}" is no pair of texts for true and false, such as yes/no.`;
}

function faultOfPattern(type: string, format: string): string | undefined {
  try {
    const { hasDate, hasTime, hasZone } = strptime(format);
    if (type === 'time')
      return hasDate || !hasTime ? `A time has an hour (%H) and no date; "${format}" differs.` : undefined;
    if (!hasDate) return `A ${type} has a year, a month and a day; "${format}" lacks them.`;
    if (type === 'date' && hasTime) return `A date has no time of day; use the type timestamp for "${format}".`;
    if (type === 'timestamp' && hasZone) return `"${format}" has a zone (%z); use the type timestamp with time zone.`;
    return type === 'timestamp with time zone' && !hasZone
      ? `"${format}" has no zone (%z); use the type timestamp.`
      : undefined;
  } catch (error) {
    if (error instanceof StrptimeError) return `The format "${format}" ${error.message}.`;
    throw error;
  }
}
