import type { Select } from './ast.js';
import type { Context } from './context.js';

/** Clauses that the parser reads for other dialects, with what to say about them. */
const FOREIGN_CLAUSES: readonly string[] = [
  'qualify',
  'distinct_on',
  'top',
  'into',
  'connect',
  'lateral_views',
  'distribute_by',
  'cluster_by',
  'sort_by',
  'sample',
  'prewhere',
  'limit_by',
  'settings',
  'format',
  'locks',
  'for_xml',
  'for_json',
  'kind',
  'operation_modifiers',
  'option',
  'exclude',
];

const isThere = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;

/** Refuses what would be lost on the way into the engine's words. */
export function refuseUnreadClauses(select: Select, context: Context): void {
  const clauses = select as unknown as Readonly<Record<string, unknown>>;
  const foreign = FOREIGN_CLAUSES.find((clause) => isThere(clauses[clause]));
  if (foreign === 'into') context.refuse('SELECT INTO writes a table; only reading is allowed.');
  if (foreign) context.refuse(`Athena has no ${foreign.replaceAll('_', ' ').toUpperCase()} clause here.`);
  if (select.fetch?.with_ties || select.fetch?.percent)
    context.refuse(
      'FETCH FIRST takes a number of rows here, without TIES or PERCENT.',
      'Filter on rank() in a subquery.',
    );
}
