import type { ColumnType, Contract, ContractColumn } from '../../../csv/contract.js';
import { decimalSize } from '../../../csv/value-reader.js';
import type { ProblemPart } from '../../../platform/errors/problem.js';
import type { ConvertedColumn } from '../../../providers/table-converter/table-converter.js';

/** How a file must be read so that its rows can be added to a data set. */
export interface AppendPlan {
  /** The upload's contract with the data set's types; undefined when the columns do not match. */
  readonly contract: Contract | undefined;
  /** Every difference, with the way to mend it; pointers are into the upload's contract. */
  readonly differences: readonly ProblemPart[];
}

/** Compares an upload's contract with the columns that a data set has. */
export function planAppend(contract: Contract, columns: readonly ConvertedColumn[]): AppendPlan {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const given = contract.columns.filter(({ drop }) => !drop);
  const missing = columns.filter(({ name }) => !given.some((column) => column.name === name));
  const differences = [
    ...contract.columns.flatMap((column, index) => differenceOf(column, index, types.get(column.name), missing)),
    ...missing.map(({ name, type }) => ({
      pointer: '/columns',
      detail: `The data set has a column ${name} (${type}), and no column of the file has that name. Rename the column that is meant, or use the mode replace.`,
    })),
  ];
  if (differences.length > 0) return { contract: undefined, differences };
  return { contract: { ...contract, columns: contract.columns.map((column) => retyped(column, types)) }, differences };
}

function differenceOf(
  { name, type, drop }: ContractColumn,
  index: number,
  wanted: ColumnType | undefined,
  missing: readonly ConvertedColumn[],
): ProblemPart[] {
  if (drop) return [];
  const pointer = `/columns/${index}`;
  if (wanted === undefined) {
    const rename = missing.length === 0 ? '' : `, rename it to ${missing.map((each) => each.name).join(' or ')}`;
    return [
      {
        pointer,
        detail: `The data set has no column ${name}. Set drop to leave it out${rename}, or use the mode replace.`,
      },
    ];
  }
  if (fits(type, wanted)) return [];
  const detail = `${name} looks like ${type} in the file and is ${wanted} in the data set. Set its type to ${wanted} if that is right (values that do not fit are then rejected), or use the mode replace.`;
  return [{ pointer: `${pointer}/type`, detail }];
}

/** Whether text that looks like one type can be read as the other. What a sample looks like may be narrower than the truth. */
function fits(type: ColumnType, wanted: ColumnType): boolean {
  if (type === wanted || wanted === 'varchar') return true;
  if (wanted === 'double') return isNumber(type);
  const digits = decimalSize(wanted)?.scale;
  if (digits !== undefined) return type === 'bigint' || (decimalSize(type)?.scale ?? Infinity) <= digits;
  return type === 'date' && wanted === 'timestamp';
}

function retyped(column: ContractColumn, types: ReadonlyMap<string, ColumnType>): ContractColumn {
  const wanted = types.get(column.name);
  if (column.drop || wanted === undefined || wanted === column.type) return column;
  const { format, ...rest } = column;
  return isNumber(column.type) && isNumber(wanted) && format !== undefined
    ? { ...rest, type: wanted, format }
    : { ...rest, type: wanted };
}

function isNumber(type: ColumnType): boolean {
  return type === 'bigint' || type === 'double' || decimalSize(type) !== undefined;
}

/** The columns of a data set after rows were added: its own, empty where either part has empty values. */
export function appendedColumns(
  before: readonly ConvertedColumn[],
  added: readonly ConvertedColumn[],
): ConvertedColumn[] {
  const additions = new Map(added.map((column) => [column.name, column]));
  return before.map((column) => {
    const addition = additions.get(column.name);
    return {
      ...column,
      nullable: column.nullable || addition?.nullable === true,
      evidence: addition?.evidence ?? column.evidence,
    };
  });
}
