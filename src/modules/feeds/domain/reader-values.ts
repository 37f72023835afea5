import { InvalidRequest } from '../../../platform/errors/common-problems.js';
import type { ProblemPart } from '../../../platform/errors/problem.js';
import { expectedOf, type ParameterDefinition, readValue } from '../../saved-queries/domain/parameter-values.js';

/**
 * The values for one reading: those that the feed fixes, and those of the address for the other parameters. Throws
 * `InvalidRequest` for a text that does not fit, that comes twice, or that would change what the feed fixes.
 */
export function readerValues(
  definitions: readonly ParameterDefinition[],
  fixed: Readonly<Record<string, unknown>>,
  address: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const types = new Map(definitions.map(({ name, type }) => [name, type]));
  const faults: ProblemPart[] = [];
  const values = new Map(Object.entries(fixed));
  for (const [name, text] of Object.entries(address)) {
    const type = types.get(name);
    const fault = (detail: string) => faults.push({ pointer: `?${name}`, detail });
    if (type === undefined) fault(`is not a parameter of this feed; ${listed([...types.keys()], fixed)}`);
    else if (Object.hasOwn(fixed, name)) fault('is fixed by the feed');
    else if (typeof text !== 'string') fault('must be given once');
    else {
      const value = readValue(type, text);
      if (value === undefined) fault(`must be ${expectedOf(type)}`);
      else values.set(name, value);
    }
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
  return Object.fromEntries(values);
}

function listed(names: readonly string[], fixed: Readonly<Record<string, unknown>>): string {
  const free = names.filter((name) => !Object.hasOwn(fixed, name));
  return free.length === 0 ? 'it has none' : `its parameters are ${free.join(', ')}`;
}
