import { InvalidRequest } from '../../../platform/errors/common-problems.js';
import type { ProblemPart } from '../../../platform/errors/problem.js';
import type { QueryParameter } from '../../../providers/query-engine/query-engine.js';
import { toPositional } from './named-parameters.js';
import { acceptValue, expectedOf, type ParameterDefinition, placeholderOf } from './parameter-values.js';

/** A statement that is ready to run. */
export interface BoundStatement {
  readonly sql: string;
  /** One value for each `?` of the statement. */
  readonly parameters: readonly QueryParameter[];
}

/** Which values are meant, and how faults point at them: `/parameters/` in a body, `?` in an address. */
export interface GivenValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

/**
 * Turns a saved statement and values by name into a statement with placeholders and values by position. Values are
 * bound, never made part of the text. Throws `InvalidRequest` naming every value that is missing, unknown or unfit.
 */
export function bindParameters(
  sql: string,
  definitions: readonly ParameterDefinition[],
  given: GivenValues,
): BoundStatement {
  const values = chooseValues(definitions, given);
  const types = new Map(definitions.map(({ name, type }) => [name, type]));
  const statement = toPositional(sql, (name) => placeholderOf(types.get(name)!));
  return { sql: statement.sql, parameters: statement.order.map((name) => values.get(name) ?? null) };
}

/** The value of each parameter, defaults included. Throws `InvalidRequest`. */
export function chooseValues(
  definitions: readonly ParameterDefinition[],
  { values, pointer }: GivenValues,
): Map<string, QueryParameter> {
  const known = new Set(definitions.map(({ name }) => name));
  const faults: ProblemPart[] = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({
      pointer: pointer + escaped(name),
      detail: `is not a parameter of this query; ${listed([...known])}`,
    }));
  const chosen = new Map<string, QueryParameter>();
  for (const definition of definitions) {
    const value = chooseValue(definition, Object.hasOwn(values, definition.name) ? values[definition.name] : undefined);
    if (typeof value === 'object' && value !== null)
      faults.push({ pointer: pointer + definition.name, detail: value.fault });
    else chosen.set(definition.name, value);
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
  return chosen;
}

function chooseValue(
  { type, required, ...definition }: ParameterDefinition,
  given: unknown,
): QueryParameter | { fault: string } {
  const value = given ?? definition.default ?? null;
  if (value === null) return required ? { fault: 'is required' } : null;
  return acceptValue(type, value) ?? { fault: `must be ${expectedOf(type)}` };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'it has none' : `its parameters are ${names.join(', ')}`;
}

/** As JSON Pointer wants it. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
