/** As much of a column as is needed to see what it is good for. */
export interface TellingColumn {
  readonly name: string;
  readonly type: string;
  readonly distinct?: number;
}

const mostGroups = 50;
const numbers = /^(?:double|bigint|integer|real|decimal.*)$/;
const labels =
  /(?:^|_)(?:id|ids|key|no|nr|number|code|zip|zipcode|phone|year|month|day|lat|lon|long|latitude|longitude|index|rank)(?:_|$)/i;
const amounts =
  /(?:^|_)(?:amount|price|cost|revenue|sales|profit|income|salary|fee|fare|total|quantity|qty|units|population|deaths|hours|minutes|distance|duration|score|rating|weight)(?:_|$)/i;

/** The number that people ask about first: money, amounts and scores before others; never an identifier, year or code. */
export function measureOf<Column extends TellingColumn>(columns: readonly Column[]): Column | undefined {
  const measures = columns.filter(
    ({ name, type, distinct }) => numbers.test(type) && !labels.test(name) && (distinct ?? 3) > 2,
  );
  return (
    measures.find(({ name }) => amounts.test(name)) ?? measures.find(({ type }) => type !== 'bigint') ?? measures[0]
  );
}

/** A text with few different values. */
export function groupOf<Column extends TellingColumn>(columns: readonly Column[]): Column | undefined {
  return columns.find(({ type, distinct = 0 }) => type === 'varchar' && distinct > 1 && distinct <= mostGroups);
}

/** When rows happened. */
export function momentOf<Column extends TellingColumn>(columns: readonly Column[]): Column | undefined {
  return columns.find(({ type }) => type === 'date' || type.startsWith('timestamp'));
}
