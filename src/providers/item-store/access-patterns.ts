import type { KeySchema } from './item-store.js';
import type { Access, ComparisonKind, DeclaredTable } from './item-tables.js';
import { keyNames } from './validate.js';

/** One access to a table, as DynamoDB knows it: an access that compares in several ways is several. */
export interface AccessPattern {
  readonly access: Access;
  /** Such as `Query` or `TransactWriteItems (Put)`. */
  readonly operation: string;
  readonly index: string | undefined;
  readonly comparison: ComparisonKind | undefined;
  /** Such as `workspace_id = … and feedback_id >= …`. */
  readonly keyCondition: string;
}

export function accessPatternsOf(table: DeclaredTable): AccessPattern[] {
  return table.accesses.flatMap((access) =>
    (access.sort ?? [undefined]).map((comparison) => ({
      access,
      operation: operations[access.does],
      index: access.index,
      comparison,
      keyCondition: keyConditionOf(table, access, comparison),
    })),
  );
}

/** Every operation that the product uses, for those who grant rights. */
const operations: Readonly<Record<Access['does'], string>> = {
  get: 'GetItem',
  getMany: 'BatchGetItem',
  put: 'PutItem',
  update: 'UpdateItem',
  delete: 'DeleteItem',
  query: 'Query',
  'transact put': 'TransactWriteItems (Put)',
  'transact update': 'TransactWriteItems (Update)',
  'transact delete': 'TransactWriteItems (Delete)',
  'transact check': 'TransactWriteItems (ConditionCheck)',
  'writeMany put': 'BatchWriteItem (Put)',
  'writeMany delete': 'BatchWriteItem (Delete)',
};

const comparisons: Readonly<Record<ComparisonKind, (name: string) => string>> = {
  equals: (name) => `${name} = …`,
  lessThan: (name) => `${name} < …`,
  atMost: (name) => `${name} <= …`,
  greaterThan: (name) => `${name} > …`,
  atLeast: (name) => `${name} >= …`,
  between: (name) => `${name} between … and …`,
  beginsWith: (name) => `begins_with(${name}, …)`,
};

function keyConditionOf(table: DeclaredTable, access: Access, comparison: ComparisonKind | undefined): string {
  const schema: KeySchema<never> = access.index === undefined ? table : table.indexes![access.index]!;
  if (access.does !== 'query') return keyNames(schema).map(comparisons.equals).join(' and ');
  const partition = comparisons.equals(schema.partitionKey);
  return comparison === undefined ? partition : `${partition} and ${comparisons[comparison](schema.sortKey!)}`;
}
