import type { Dimension, Filter, Having, Measure, Order, Plan, PlanColumn } from '../plan.js';
import { sayMeasure } from './say-measure.js';

/**
 * What a plan asks for, in English that the translator itself understands. `namesTable`: always says of what table, also
 * where the columns alone tell it.
 */
export function describePlan(plan: Plan, namesTable = false): string {
  const parts = [subject(plan, namesTable)];
  const filters = plan.filters.map(filterWords);
  if (filters.length > 0) parts.push(`where ${filters.join(' and ')}`);
  if (plan.dimensions.some(({ hidden }) => !hidden) && plan.measures.length > 0)
    parts.push(`by ${dimensionsWords(plan.dimensions)}`);
  if (plan.having.length > 0) parts.push(`having ${plan.having.map(havingWords).join(' and ')}`);
  const order = plan.order.map((each) => orderWords(each)).join(', ');
  if (order) parts.push(`sorted by ${order}`);
  if (plan.limit !== undefined)
    parts.push(plan.offset === undefined ? `first ${plan.limit}` : `rank ${plan.offset + 1}`);
  if (plan.within) parts.push(`in each ${dimensionsWords(plan.within)}`);
  return parts.join(' ');
}

export function columnWords({ column }: PlanColumn): string {
  return column.replaceAll('_', ' ');
}

function tableWords(name: string): string {
  return name.replaceAll('_', ' ');
}

function subject({ measures, columns, exists, tables, distinct, dimensions }: Plan, namesTable: boolean): string {
  const table = tableWords(tables[0]!);
  if (exists) return `whether there are ${table}`;
  if (measures.length > 0) {
    const isNamed = measures.some(({ aggregate }) => aggregate === 'count' || aggregate === 'share');
    const words = measures.map((measure) => measureWords(measure, table)).join(' and ');
    return namesTable && !isNamed ? `${words} of ${table}` : words;
  }
  if (dimensions.length > 0) return `${dimensionsWords(dimensions)} of ${table}`;
  const shown = columns.map(columnWords).join(' and ');
  if (!shown) return `list ${table}`;
  return distinct ? `the different ${shown} of ${table}` : `list ${shown} of ${table}`;
}

export function measureWords(measure: Measure, table: string): string {
  return sayMeasure(measure, {
    rows: table,
    column: columnWords,
    partOfWhole: (each) => partWords(each, table),
    side: valueWords,
  });
}

function partWords({ column, of = [] }: Measure, table: string): string {
  const part = of.map(filterWords).join(' and ');
  return `${column ? columnWords(column) : table}${part && ` with ${part}`}`;
}

function valueWords(filter: Filter): string {
  return filter.kind === 'values' ? filter.values.join(' or ') : filterWords(filter);
}

function dimensionsWords(dimensions: readonly Dimension[]): string {
  return dimensions
    .filter(({ hidden }) => !hidden)
    .map((each) => (each.unit ? `${UNIT_WORDS[each.unit] ?? each.unit} of ${columnWords(each)}` : columnWords(each)))
    .join(' and ');
}

const UNIT_WORDS: Partial<Record<NonNullable<Dimension['unit']>, string>> = { month_of_year: 'month of the year' };

export function filterWords(filter: Filter): string {
  switch (filter.kind) {
    case 'values':
      return `${columnWords(filter.column)} is ${filter.negated ? 'not ' : ''}${filter.values.join(' or ')}`;
    case 'text': {
      const verb = { contains: 'contains', starts: 'starts with', ends: 'ends with' }[filter.match];
      return `${columnWords(filter.column)} ${filter.negated ? 'not ' : ''}${verb} "${filter.text}"`;
    }
    case 'compare':
      return `${columnWords(filter.column)} ${OPERATORS[filter.operator]} ${filter.value}`;
    case 'between':
      return `${columnWords(filter.column)} ${filter.negated ? 'not ' : ''}between ${filter.from} and ${filter.to}`;
    case 'null':
      return filter.negated ? `${columnWords(filter.column)} is known` : `${columnWords(filter.column)} is missing`;
    case 'boolean':
      return `${columnWords(filter.column)} is ${filter.value ? 'true' : 'false'}`;
    case 'time':
    case 'calendar':
      return `${columnWords(filter.column)} ${filter.negated ? 'not ' : ''}${/^(?:since|before|after|until) /.test(filter.label) ? '' : 'in '}${filter.label}`;
    case 'columns':
      return `${columnWords(filter.column)} ${OPERATORS[filter.operator]} ${columnWords(filter.other)}`;
    case 'average':
      return `${columnWords(filter.column)} ${filter.operator === '>' ? 'above' : 'below'} the average`;
    case 'related':
      return `${filter.negated ? 'without' : 'with'} ${tableWords(filter.other.table)}`;
    case 'any':
      return `(${filter.filters.map(filterWords).join(' or ')})`;
  }
}

const OPERATORS = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
  '=': '=',
  '<>': 'not',
} as const;

function havingWords({ measure, operator, value }: Having): string {
  return `${measureWords(measure, 'rows')} ${OPERATORS[operator]} ${value}`;
}

function orderWords({ by, descending }: Order): string {
  const what = 'aggregate' in by ? measureWords(by, 'rows') : columnWords(by);
  return `${what} ${descending ? 'from highest to lowest' : 'from lowest to highest'}`;
}
