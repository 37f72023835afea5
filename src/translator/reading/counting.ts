import { booleanFilter, type Noun, planColumn } from '../grammar/clause.js';
import type { Measure } from '../plan.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import { WRONG } from './penalties.js';
import { countOfThings } from './tally.js';
import { isGoods } from '../text/units.js';
import type { Planner } from './planner.js';

/** What `how many` counts: rows, the rows that they refer to, or the different values of a column. */
export function countOf(noun: Noun, planner: Planner): Measure {
  const { draft, scope, reading } = planner;
  const isPart = reading.filters.length + reading.groups.length + reading.times.length > 0;
  if (noun.type === 'rows') return isPart ? countOfThings(draft) : { aggregate: 'count' };
  if (noun.type === 'entity') {
    if (noun.table === scope.main) return isPart ? countOfThings(draft) : { aggregate: 'count' };
    const path = scope.paths.get(noun.table);
    if (!path) draft.penalty += WRONG;
    const key = path?.at(-1)?.from;
    if (!key) return { aggregate: 'count' };
    draft.assumptions.push(`I counted the ${noun.table.name} that ${scope.main.name} refer to.`);
    return { aggregate: 'count_distinct', column: planColumn(key) };
  }
  return countColumn(noun.column, noun.namesHead, planner);
}

/** Each station has one `start_station_id`, but many rows that hold it. */
function leadsToGroup(column: ColumnInfo, { scope, reading }: Planner): boolean {
  return [...reading.heads, ...reading.groups].some((group) => {
    if (!('noun' in group) || group.noun.type === 'rows') return false;
    const table = group.noun.type === 'entity' ? group.noun.table : group.noun.column.table;
    return scope.paths.get(table)?.at(-1)?.from === column;
  });
}

function countColumn(column: ColumnInfo, namesHead: boolean, planner: Planner): Measure {
  const { draft, scope, reading } = planner;
  const target = planColumn(column);
  if (column.unique && column.table === scope.main) return { aggregate: 'count' };
  switch (column.role) {
    case 'number':
      if (reading.often && Number(column.profile.min) === 0) {
        draft.filters.push({ kind: 'compare', column: target, operator: '>', value: 0 });
        return { aggregate: 'count' };
      }
      if (reading.distinct) return { aggregate: 'count_distinct', column: target };
      draft.assumptions.push(`I added up ${columnLabel(column)}.`);
      if (!column.additive || isMoney(column)) draft.penalty += 0.45;
      return { aggregate: 'sum', column: target };
    case 'boolean':
      draft.filters.push(booleanFilter(column, true));
      return { aggregate: 'count' };
    case 'date':
      if (reading.distinct) return { aggregate: 'count_distinct', column: target };
      draft.penalty += 0.1;
      return { aggregate: 'count', column: target };
    case 'id':
      return leadsToGroup(column, planner) ? { aggregate: 'count' } : { aggregate: 'count_distinct', column: target };
    case 'year':
      return { aggregate: 'count_distinct', column: target };
    case 'text': {
      const isLabel = column.table === scope.main && column.table.labels[0] === column;
      if (isLabel && !reading.distinct && !column.unique) return { aggregate: 'count' };
      if (!namesHead) draft.penalty += reading.filters.length > 0 ? 0.4 : 0.25;
      if (reading.filters.some((filter) => filter.column === column)) draft.penalty += 0.3;
      if (!reading.distinct) draft.assumptions.push(`I counted the different values of ${columnLabel(column)}.`);
      return { aggregate: 'count_distinct', column: target };
    }
  }
}

/** Nobody asks how many of it there are. */
function isMoney({ type, words, unit }: ColumnInfo): boolean {
  const isPlural = /[^s]s$/.test(words.at(-1)!.word);
  return (type !== 'bigint' && !isPlural && !isGoods(unit)) || words.some(({ word }) => MONEY.test(word));
}

const MONEY =
  /^(?:revenue|price|cost|costs|amount|profit|budget|salary|income|earnings|gross|fee|fees|tax|payment|balance|usd|eur)$/;
