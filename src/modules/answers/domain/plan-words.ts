import type { Dimension, Filter, Plan, PlanColumn } from '../../../translator/plan.js';
import { inertText } from './inert-text.js';
import { rowsWords } from './table-words.js';

const places = /(?:^|_)(?:city|country|state|region|province|county|continent|town|district|nation|place|location)$/i;
const operators = {
  '>': 'above',
  '>=': 'of at least',
  '<': 'below',
  '<=': 'of at most',
  '=': 'of',
  '<>': 'other than',
} as const;

export function columnWords({ column }: PlanColumn): string {
  return inertText(column.replaceAll('_', ' '));
}

/** The filters as they stand behind the noun: ` from Lisbon in 2024 with price above 10`; empty where there are none. */
export function filtersWords({ filters }: Pick<Plan, 'filters'>): string {
  const isWhereOrWhen = (filter: Filter) =>
    filter.kind === 'time' || filter.kind === 'calendar' || (filter.kind === 'values' && isPlace(filter.column));
  const first = filters.filter(isWhereOrWhen).map(filterWords);
  const rest = filters.filter((filter) => !isWhereOrWhen(filter)).map(filterWords);
  return [...first, rest.join(' and ')].map((words) => words && ` ${words}`).join('');
}

function isPlace({ column }: PlanColumn): boolean {
  return places.test(column);
}

export function dimensionWords({ unit, ...column }: Dimension): string {
  const named = columnWords(column);
  if (!unit || named === unit) return named;
  return unit === 'month_of_year' ? `month of the year of ${named}` : `${unit} of ${named}`;
}

function filterWords(filter: Filter): string {
  switch (filter.kind) {
    case 'values': {
      const values = listed(filter.values.map(inertText), 'or');
      if (isPlace(filter.column)) return `${filter.negated ? 'not ' : ''}from ${values}`;
      return `${filter.negated ? 'without' : 'with'} ${columnWords(filter.column)} ${values}`;
    }
    case 'text': {
      const verbs = {
        contains: ['contains', 'contain'],
        starts: ['starts with', 'start with'],
        ends: ['ends with', 'end with'],
      };
      const [does, doing] = verbs[filter.match] as [string, string];
      return `whose ${columnWords(filter.column)} ${filter.negated ? `does not ${doing}` : does} "${inertText(filter.text)}"`;
    }
    case 'compare':
      return `with ${columnWords(filter.column)} ${operators[filter.operator]} ${filter.value}`;
    case 'between':
      return `with ${columnWords(filter.column)} ${filter.negated ? 'not ' : ''}between ${filter.from} and ${filter.to}`;
    case 'null':
      return filter.negated ? `with known ${columnWords(filter.column)}` : `without ${columnWords(filter.column)}`;
    case 'boolean':
      return `where ${columnWords(filter.column)} is ${filter.value ? 'true' : 'false'}`;
    case 'time':
    case 'calendar': {
      const label = /^(?:since|before|after|until|between|from) /.test(filter.label)
        ? filter.label
        : `in ${filter.label}`;
      return `${filter.negated ? 'not ' : ''}${inertText(label)}`;
    }
    case 'columns':
      return `with ${columnWords(filter.column)} ${operators[filter.operator]} ${columnWords(filter.other)}`;
    case 'average':
      return `with ${columnWords(filter.column)} ${filter.operator === '>' ? 'above' : 'below'} average`;
    case 'related':
      return `${filter.negated ? 'without' : 'with'} ${rowsWords(filter.other.table)}`;
    case 'any':
      return listed(filter.filters.map(filterWords), 'or');
  }
}

/** `a, b and c` */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)!}`;
}
