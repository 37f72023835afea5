/** As much of a table as a question about it needs. */
interface Table {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly distinct?: number }[];
}

const mostGroups = 50;
const amounts = /^(?:double|bigint|integer|real|decimal.*)$/;
const noAmount = /(?:^|_)(?:id|key|code|year|zip|zipcode|number|lat|latitude|lon|long|longitude)$/i;

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
  const group = columns.find(({ type, distinct = 0 }) => type === 'varchar' && distinct > 1 && distinct <= mostGroups);
  const amount = columns.find(({ name, type }) => amounts.test(type) && !noAmount.test(name));
  const time = columns.find(({ type }) => type === 'date' || type.startsWith('timestamp'));
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
