import { problem } from '../../platform/errors/problem.js';

export class TableNotFound extends problem({
  slug: 'table-not-found',
  title: 'Table not found',
  status: 404,
  help: 'GET /api/v1/tables lists the tables of this workspace. A data set becomes a table when its first crawl has succeeded.',
}) {
  constructor(table: string) {
    super(`There is no table ${JSON.stringify(table.slice(0, 128))} in this workspace.`);
  }
}
