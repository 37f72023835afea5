import { groupOf, measureOf, momentOf, type TellingColumn } from '@/lib/telling-columns';

/** As much of a table as a question about it needs. */
interface Table {
  readonly table: string;
  readonly columns: readonly TellingColumn[];
}

/** A few questions that can be answered from these tables: one of each table first, then the next of each. */
export function starterQuestions(tables: readonly Table[], most = 4): readonly string[] {
  const byTable = tables.map(questionsAbout);
  const rounds = Math.max(0, ...byTable.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => byTable.flatMap((questions) => questions[round] ?? []))
    .flat()
    .slice(0, most);
}

function questionsAbout({ table, columns }: Table): readonly string[] {
  const things = words(table);
  const group = groupOf(columns);
  const amount = measureOf(columns);
  const time = momentOf(columns);
  return [
    group && amount && `Average ${words(amount.name)} of ${things} by ${words(group.name)}`,
    time && `Number of ${things} by year`,
    group && `Number of ${things} by ${words(group.name)}`,
    `How many ${things} are there?`,
  ].filter((question) => question !== undefined);
}

function words(name: string): string {
  return name.replaceAll('_', ' ');
}
