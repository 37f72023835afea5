import type { components } from './api/schema';
import { groupOf, measureOf, momentOf } from './telling-columns';

type Table = components['schemas']['Table'];
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

/** Questions to begin with where there are several tables, which take turns: the first of each, then the next of each. */
export function questionsAbout(tables: readonly Pick<Table, 'table' | 'columns'>[], most = 4): string[] {
  const byTable = tables.map(({ table, columns }) => starterQuestions(table, columns));
  const rounds = Math.max(0, ...byTable.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => byTable.flatMap((questions) => questions[round] ?? []))
    .flat()
    .slice(0, most);
}

function spoken(name: string): string {
  return name.replaceAll('_', ' ').toLowerCase();
}
