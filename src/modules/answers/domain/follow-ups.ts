import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import type { Plan, PlanColumn } from '../../../translator/plan.js';
import { translate, type TranslationContext } from '../../../translator/translate.js';
import { describePlan } from '../../../translator/wording/wording.js';

const mostFollowUps = 3;
const mostTried = 6;
const mostGroups = 50;

/** Up to three questions that might come next; each of them can be answered. */
export function followUps(
  plan: Plan,
  question: string,
  tables: readonly CatalogTable[],
  translation: TranslationContext,
): readonly string[] {
  const table = tables.find((each) => each.table === plan.tables[0]);
  if (!table || plan.tables.length > 1) return [];
  const asked = new Set([normal(question), normal(describePlan(plan, true))]);
  const found: string[] = [];
  for (const candidate of neighbours(plan, table).slice(0, mostTried)) {
    const text = describePlan(candidate, true);
    if (asked.has(normal(text)) || found.length >= mostFollowUps) continue;
    asked.add(normal(text));
    const read = translate(text, translation);
    if (read.kind === 'answer' && describePlan(read.plan, true) === text) found.push(capitalised(text));
  }
  return found;
}

/** Plans that differ from this one in one thing. */
function neighbours(plan: Plan, table: CatalogTable): readonly Plan[] {
  const base: Plan = { ...plan, limit: undefined, offset: undefined, order: [], exists: false, having: [] };
  const measured: Plan =
    plan.measures.length > 0
      ? base
      : { ...base, columns: [], distinct: false, dimensions: [], measures: [{ aggregate: 'count' }] };
  const groups = columnsToGroupBy(plan, table).map((column): Plan => ({ ...measured, dimensions: [column] }));
  const amounts = amountsToMeasure(plan, table).map((column): Plan => ({
    ...measured,
    measures: [{ aggregate: 'avg', column }],
  }));
  const wider: Plan[] = plan.filters.length > 0 ? [{ ...measured, filters: plan.filters.slice(0, -1) }] : [];
  return [groups[0], amounts[0], ...wider, groups[1], amounts[1], groups[2]].filter((each) => each !== undefined);
}

function columnsToGroupBy(plan: Plan, { table, columns }: CatalogTable): readonly PlanColumn[] {
  const used = new Set([...plan.dimensions.map(({ column }) => column), ...filtered(plan)]);
  return columns
    .filter(
      ({ name, type, distinct = 0 }) => type === 'varchar' && distinct > 1 && distinct <= mostGroups && !used.has(name),
    )
    .map(({ name }) => ({ table, column: name }));
}

function amountsToMeasure(plan: Plan, { table, columns }: CatalogTable): readonly PlanColumn[] {
  const used = new Set(plan.measures.map(({ column }) => column?.column));
  return columns
    .filter(
      ({ name, type }) => (type === 'double' || type.startsWith('decimal') || type === 'bigint') && !used.has(name),
    )
    .filter(({ name }) => !/(?:^|_)(?:id|key|code|year|zip|number)$/i.test(name))
    .map(({ name }) => ({ table, column: name }));
}

function filtered({ filters }: Plan): readonly string[] {
  return filters.flatMap((filter) => ('column' in filter ? [filter.column.column] : []));
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
