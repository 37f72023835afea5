import { problem } from '../../platform/errors/problem.js';

export class UnknownColumn extends problem({
  slug: 'unknown-table-column',
  title: 'The table has no such column',
  status: 422,
  help: 'Use the names that the table shows; they are in lower case.',
}) {
  constructor(table: string, column: string, columns: readonly string[]) {
    super(`The table ${table} has no column ${JSON.stringify(column)}. It has: ${columns.join(', ')}.`);
  }
}
