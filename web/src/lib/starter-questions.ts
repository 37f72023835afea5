import type { components } from './api/schema';
import { groupOf, measureOf, momentOf } from './telling-columns';

type Column = components['schemas']['TableColumn'];

/** Questions that a table's columns suggest: how many, a sum or mean, by a group, over time. At most four. */
export function starterQuestions(table: string, columns: readonly Column[]): string[] {
  const measure = measureOf(columns);
  const group = groupOf(columns);
  const moment = momentOf(columns);
  const rows = spoken(table);
  const count = rows.endsWith('s') ? `How many ${rows}` : `Number of rows in ${rows}`;
  return [
    group ? `${count} by ${spoken(group.name)}` : count,
    measure && group ? `Total ${spoken(measure.name)} by ${spoken(group.name)} in ${rows}` : undefined,
    measure && moment
      ? `Total ${spoken(measure.name)} per month in ${rows}`
      : moment
        ? `${count} per month`
        : undefined,
    measure ? `Average ${spoken(measure.name)} in ${rows}` : undefined,
  ]
    .filter((question) => question !== undefined)
    .map((question) => (question.startsWith('How') ? `${question}?` : question));
}

function spoken(name: string): string {
  return name.replaceAll('_', ' ').toLowerCase();
}
