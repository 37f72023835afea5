import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import type { ProblemPart } from '../../platform/errors/problem.js';
import type { Caller } from '../access/caller.js';
import { QueryPlanner } from '../queries/query-planner.js';
import { findParameters, paddedPlaceholder, type TextPlace, toPositional } from './domain/named-parameters.js';
import { acceptValue, expectedOf, type ParameterDefinition } from './domain/parameter-values.js';

/** What the address of a feed says already, so that it cannot name a parameter too. */
const reserved: ReadonlySet<string> = new Set(['token', 'raw']);

/** Judges a saved query when it is saved, so that whoever writes it hears of its faults, not whoever runs it. */
@Injectable()
export class SavedQueryCheck {
  constructor(private readonly planner: QueryPlanner) {}

  /** Throws `InvalidRequest` for faults of the parameters and `SqlRefused` for those of the statement. */
  async check(caller: Caller, sql: string, parameters: readonly ParameterDefinition[]): Promise<void> {
    const faults = [...faultsOfDefinitions(parameters), ...faultsOfMentions(sql, parameters)];
    if (faults.length > 0) throw new InvalidRequest(faults);
    await this.planner.check(caller, toPositional(sql, paddedPlaceholder).sql);
  }
}

function faultsOfDefinitions(parameters: readonly ParameterDefinition[]): ProblemPart[] {
  return parameters.flatMap(({ name, type, default: value }, index) => {
    const faults: ProblemPart[] = [];
    if (parameters.findIndex((other) => other.name === name) < index) {
      faults.push({ pointer: `/parameters/${index}/name`, detail: `${name} is declared twice` });
    }
    if (reserved.has(name)) {
      faults.push({
        pointer: `/parameters/${index}/name`,
        detail: `${name} has a meaning of its own in feeds: choose another name`,
      });
    }
    if (value !== undefined && value !== null && acceptValue(type, value) === undefined) {
      faults.push({ pointer: `/parameters/${index}/default`, detail: `must be ${expectedOf(type)}` });
    }
    return faults;
  });
}

function faultsOfMentions(sql: string, parameters: readonly ParameterDefinition[]): ProblemPart[] {
  const { named, positional } = findParameters(sql);
  const declared = new Set(parameters.map(({ name }) => name));
  const mentioned = new Set(named.map(({ name }) => name));
  return [
    ...positional.map((place) => ({
      pointer: '/sql',
      detail: `has a ? at ${at(place)}: give the parameter a name, such as :minimum`,
    })),
    ...named
      .filter(({ name }) => !declared.has(name))
      .map(({ name, ...place }) => ({
        pointer: '/sql',
        detail: `mentions :${name} at ${at(place)}, which parameters does not declare`,
      })),
    ...parameters.flatMap(({ name }, index) =>
      mentioned.has(name)
        ? []
        : [{ pointer: `/parameters/${index}/name`, detail: `the SQL does not mention :${name}` }],
    ),
  ];
}

function at({ line, column }: TextPlace): string {
  return `line ${line}, column ${column}`;
}
