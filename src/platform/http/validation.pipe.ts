import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { InvalidRequest } from '../errors/common-problems.js';
import type { ProblemPart } from '../errors/problem.js';

/**
 * Checks bodies, queries and path parameters against their DTO classes: unknown fields are refused, nothing is
 * converted silently, and the problem names each fault with a pointer. A parameter whose class was lost at compile time
 * (an `import type` of a DTO) would go unchecked, so it stops the request instead.
 */
@Injectable()
export class StrictValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      forbidUnknownValues: true,
      stopAtFirstError: false,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    if (metadata.type === 'param' && metadata.metatype === String) return value;
    if (metadata.metatype === undefined || metadata.metatype === Object) {
      throw new Error(`The ${metadata.type} parameter ${metadata.data ?? ''} has no DTO class at run time.`);
    }
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new InvalidRequest([{ pointer: '', detail: 'must be a JSON object' }], 'The body must be a JSON object.');
    }
    try {
      return await super.transform(value ?? {}, metadata);
    } catch (error) {
      if (error instanceof ValidationFailed)
        throw new InvalidRequest(faultsAsParts(error.faults, metadata.type === 'query' ? '?' : '/'));
      throw error;
    }
  }

  override createExceptionFactory() {
    return (faults: ValidationError[] = []) => new ValidationFailed(faults);
  }
}

class ValidationFailed extends Error {
  constructor(readonly faults: readonly ValidationError[]) {
    super('validation failed');
  }
}

/** One part for each fault, with a pointer that begins with `prefix`. */
export function faultsAsParts(faults: readonly ValidationError[], prefix: string): ProblemPart[] {
  return faults.flatMap(({ property, value, constraints, children = [] }) => {
    const pointer = `${prefix}${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = ownFaults(value, constraints).map((message) => ({ pointer, detail: withoutName(message, property) }));
    return [...own, ...faultsAsParts(children, `${pointer}/`)];
  });
}

/** What is wrong with the field itself; nothing when it only holds what is at fault. */
function ownFaults(value: unknown, constraints: ValidationError['constraints']): string[] {
  if (constraints === undefined) return [];
  return value === undefined ? [absent(constraints)] : essential(constraints);
}

/** One sentence for a field that is not there, in place of all that its value would have to be. */
function absent({ isIn }: Readonly<Record<string, string>>): string {
  return isIn === undefined ? 'is required' : `is required and ${isIn.slice(isIn.indexOf('must be'))}`;
}

const typeConstraints = ['isString', 'isInt', 'isNumber', 'isBoolean', 'isArray', 'isObject'];

/** Of a value of the wrong type, only that: its length or size means nothing. */
function essential(constraints: Readonly<Record<string, string>>): string[] {
  const wrongType = typeConstraints.find((name) => name in constraints);
  return wrongType === undefined ? Object.values(constraints) : [constraints[wrongType]!];
}

/** class-validator begins most messages with the property's name, which the pointer says already. */
function withoutName(message: string, property: string): string {
  if (message === `property ${property} should not exist`) return 'is not a known field';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
