import { quoteText } from '../dialect/sql-text.js';
import { type QueryParameter, SqlRejected } from '../query-engine.js';

/** What Athena takes for one parameter. */
const MAX_CHARACTERS = 1024;

/** Parameters as Athena wants them: literals of its SQL. Throws `SqlRejected` for one that is too long. */
export function literals(parameters: readonly QueryParameter[]): string[] {
  return parameters.map((parameter, index) => {
    const literal = literalOf(parameter);
    if (literal.length <= MAX_CHARACTERS) return literal;
    throw new SqlRejected({
      kind: 'parameters',
      message: `Parameter ${index + 1} has ${literal.length} characters; Athena takes ${MAX_CHARACTERS}.`,
      hint: 'Write the value into the statement.',
    });
  });
}

function literalOf(parameter: QueryParameter): string {
  if (parameter === null) return 'NULL';
  if (typeof parameter === 'string') return quoteText(parameter);
  if (typeof parameter === 'boolean') return String(parameter);
  // With an exponent it is a double; without, Athena would take a fraction for a decimal.
  return Number.isSafeInteger(parameter) ? String(parameter) : parameter.toExponential();
}
