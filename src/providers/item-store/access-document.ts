import { type AccessPattern, accessPatternsOf } from './access-patterns.js';
import type { DeclaredTable } from './item-tables.js';
import { schemaOf, type TableSchema } from './table-schema.js';

const introduction = `# DynamoDB: tables and access patterns

With \`ITEM_STORE=dynamodb\` each table below is a table of DynamoDB, its name after \`DYNAMODB_TABLE_PREFIX\`. Modules
declare them beside their entities (\`itemTable\`) with every access to them; this page and \`terraform/dynamodb-tables.json\`
are generated from these declarations by \`npm run generate\`. Do not edit. The tests fail on an access that is not declared.

- Production: Terraform makes the tables (indexes, expiry, backups, deletion protection). The service checks at start that
  they are there and have these keys.
- Development: \`AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000 npm run dynamodb:create-tables\` makes them there.
- \`npm run dynamodb:access-patterns\` executes every line of the tables below against \`AWS_ENDPOINT_URL_DYNAMODB\`, on items
  of its own which it removes, and prints a line for each. It alone reads with \`Scan\`, for what an earlier run left behind,
  and with \`TransactGetItems\`, for all its items at one moment: both are for administrators and not in the service's role.
- Reads by the key of a table are consistent. Reads by an index may lag behind for a moment.
- Every index has all attributes. The workspace is part of every partition key, but for \`by_due\`: there all that is under
  way stands in one partition, in the order in which somebody has to look after it. It is as hot as that is changed:
  DynamoDB takes 1000 changes a second there.
- Conditional writes and additions leave a mark in the attribute \`_write\`, by which a writer whose answer was lost knows
  its own write. Transactions carry a \`ClientRequestToken\` for the same reason.
- An expired item counts as absent from that second on, whenever DynamoDB removes it.
- What cannot be read as the module's own item (sets, bytes) is left out and counted: \`item_store_malformed_items\`.
`;

/** The page that lists every access to every table. */
export function renderAccesses(tables: readonly DeclaredTable[]): string {
  return [introduction, ...tables.map(renderTable)].join('\n');
}

function renderTable(table: DeclaredTable): string {
  const rows = accessPatternsOf(table).map(renderRow);
  return `## ${table.name}

${renderSchema(schemaOf(table))}

| Operation | Index | Key condition | Who uses it |
|---|---|---|---|
${rows.join('\n')}
`;
}

function renderRow({ access, operation, index, keyCondition }: AccessPattern): string {
  const order = access.order === undefined ? '' : ', descending';
  return `| ${operation} | ${index ?? ''} | \`${keyCondition}\`${order} | ${access.for} |`;
}

function renderSchema({ attributes, indexes, expires_at, ...keys }: TableSchema): string {
  const shown = ({ partition_key, sort_key }: Pick<TableSchema, 'partition_key' | 'sort_key'>) =>
    [partition_key, sort_key]
      .filter((name) => name !== null)
      .map((name) => `\`${name}\` (${attributes[name]})`)
      .join(', ');
  const lines = Object.entries(indexes).map(([name, index]) => `index \`${name}\`: ${shown(index)}`);
  const expiry = expires_at === null ? [] : [`items expire at \`${expires_at}\``];
  return `${[`Key: ${shown(keys)}`, ...lines, ...expiry].join('; ')}.`;
}
