import type { Contract, ContractColumn } from '../../../csv/contract.js';

/**
 * Names of the columns whose type, format or null texts a person has set otherwise than they were proposed. Only these
 * are taken at their word: the types of all others may widen when the whole file has been read.
 */
export function fixedColumns(contract: Contract, proposal: Contract): string[] {
  return contract.columns
    .filter((column, index) => !column.drop && reading(column) !== reading(proposal.columns[index]))
    .map(({ name }) => name);
}

function reading(column: ContractColumn | undefined): string {
  return JSON.stringify([column?.type, column?.format ?? null, column?.null_values ?? []]);
}
