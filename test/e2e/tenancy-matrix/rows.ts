import { accountRows, publicRows } from './account.rows.js';
import { analysisRows } from './analysis.rows.js';
import { chatRows } from './chat.rows.js';
import { dataRows } from './data.rows.js';
import { queryRows } from './query.rows.js';
import type { Rows } from './row.js';
import { sourceRows } from './source.rows.js';
import { workspaceRows } from './workspace.rows.js';

/** One row for every route that there is. */
export const rows: Rows = {
  ...publicRows,
  ...accountRows,
  ...workspaceRows,
  ...dataRows,
  ...queryRows,
  ...chatRows,
  ...analysisRows,
  ...sourceRows,
};
