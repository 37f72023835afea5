import { isMet } from '../conditions.js';
import type { Change, Comparison, Condition, ItemTable, KeyValue } from '../item-store.js';
import { wellFormed } from '../validate.js';

/**
 * An expression of DynamoDB in the making: attributes and values stand in it under made-up names, so that no attribute
 * is taken for a reserved word and no value for syntax.
 */
export class Expression {
  private readonly names = new Map<string, string>();
  private readonly values: unknown[] = [];

  name(attribute: string): string {
    const known = this.names.get(attribute);
    if (known !== undefined) return known;
    const placeholder = `#n${this.names.size}`;
    this.names.set(attribute, placeholder);
    return placeholder;
  }

  value(value: unknown): string {
    return `:v${this.values.push(value) - 1}`;
  }

  /** What goes with the expression; members that would be empty are left out, for DynamoDB refuses them. */
  get attributes() {
    const names = Object.fromEntries([...this.names].map(([attribute, placeholder]) => [placeholder, attribute]));
    const values = Object.fromEntries(this.values.map((value, index) => [`:v${index}`, plain(value)]));
    return {
      ...(this.names.size > 0 && { ExpressionAttributeNames: names }),
      ...(this.values.length > 0 && { ExpressionAttributeValues: values }),
    };
  }
}

/** As it would be given back: without `undefined` members. */
export function plain<Value>(value: Value): Value {
  return value === null || typeof value !== 'object'
    ? wellFormed(value)
    : (JSON.parse(JSON.stringify(value, (_, member: unknown) => wellFormed(member))) as Value);
}

export function all(...parts: readonly (string | undefined)[]): string | undefined {
  const present = parts.filter((part) => part !== undefined);
  if (present.length < 2) return present[0];
  return present.map((part) => `(${part})`).join(' AND ');
}

/** The item has not expired; holds for one that is not there, too. `now` is in seconds since 1970. */
export function unexpired<Item>(expression: Expression, { expiresAt }: ItemTable<Item>, now: number) {
  if (expiresAt === undefined) return undefined;
  const name = expression.name(expiresAt);
  return `attribute_not_exists(${name}) OR ${name} > ${expression.value(now)}`;
}

export function expired<Item>(expression: Expression, { expiresAt }: ItemTable<Item>, now: number) {
  return expiresAt === undefined ? undefined : `${expression.name(expiresAt)} <= ${expression.value(now)}`;
}

/** The condition on an item that counts as absent once it has expired, for DynamoDB may keep it for days. */
export function conditionOf<Item extends object>(
  expression: Expression,
  table: ItemTable<Item>,
  condition: Condition<Item> | undefined,
  now: number,
): string | undefined {
  const wanted = condition && conditionsOn(expression, table, condition);
  if (condition === undefined || wanted === undefined || table.expiresAt === undefined) return wanted;
  return isMet(condition, undefined)
    ? `(${wanted}) OR ${expired(expression, table, now)}`
    : all(wanted, unexpired(expression, table, now));
}

/** `undefined` when there is nothing to change but the key. */
export function updateOf<Item>(expression: Expression, { set, add, remove }: Change<Item>): string | undefined {
  const assigned = Object.entries(set ?? {}).filter(([, value]) => value !== undefined);
  const clauses = [
    ['SET', assigned.map(([name, value]) => `${expression.name(name)} = ${expression.value(value)}`)],
    ['ADD', Object.entries(add ?? {}).map(([name, value]) => `${expression.name(name)} ${expression.value(value)}`)],
    ['REMOVE', (remove ?? []).map((name) => expression.name(name))],
  ] as const;
  const present = clauses.filter(([, parts]) => parts.length > 0);
  return present.length === 0 ? undefined : present.map(([verb, parts]) => `${verb} ${parts.join(', ')}`).join(' ');
}

/** `nothing` when no key compares so: DynamoDB takes no empty keys, and no ranges that end before they begin. */
export function rangeOf(
  expression: Expression,
  key: string | undefined,
  sort: Comparison | undefined,
): string | undefined {
  if (sort === undefined || key === undefined) return undefined;
  if ('beginsWith' in sort) {
    const { beginsWith } = sort;
    return beginsWith === '' ? undefined : `begins_with(${expression.name(key)}, ${expression.value(beginsWith)})`;
  }
  if ('between' in sort) return rangeBetween(expression, key, sort.between);
  const [[kind, operand]] = Object.entries(sort) as [[keyof typeof operators, KeyValue]];
  if (operand === '') return kind === 'greaterThan' || kind === 'atLeast' ? undefined : 'nothing';
  return `${expression.name(key)} ${operators[kind]} ${expression.value(operand)}`;
}

function rangeBetween(
  expression: Expression,
  key: string,
  [low, high]: readonly [KeyValue, KeyValue],
): string | undefined {
  if (low === '') return rangeOf(expression, key, { atMost: high });
  if (isAfter(low, high)) return 'nothing';
  return `${expression.name(key)} BETWEEN ${expression.value(low)} AND ${expression.value(high)}`;
}

const operators = { equals: '=', lessThan: '<', atMost: '<=', greaterThan: '>', atLeast: '>=' } as const;

function isAfter(low: KeyValue, high: KeyValue): boolean {
  if (typeof low === 'number' || typeof high === 'number') return low > high;
  return Buffer.compare(Buffer.from(low), Buffer.from(high)) > 0;
}

function conditionsOn<Item extends object>(
  expression: Expression,
  { partitionKey }: ItemTable<Item>,
  { exists, equals, differs, compares }: Condition<Item>,
): string | undefined {
  const presence = exists === undefined ? [] : [existence(expression, partitionKey, exists)];
  const equal = Object.entries(equals ?? {}).map(([name, value]) =>
    value === undefined ? existence(expression, name, false) : `${expression.name(name)} = ${expression.value(value)}`,
  );
  const different = Object.entries(differs ?? {}).map(
    ([name, value]) =>
      `${existence(expression, name, true)} AND ${expression.name(name)} <> ${expression.value(value)}`,
  );
  const compared = Object.entries(compares ?? {}).map(([name, comparison]) =>
    comparisonOf(expression, name, comparison as Comparison),
  );
  return all(...presence, ...equal, ...different, ...compared);
}

function existence(expression: Expression, name: string, exists: boolean): string {
  return `attribute_${exists ? '' : 'not_'}exists(${expression.name(name)})`;
}

function comparisonOf(expression: Expression, attribute: string, comparison: Comparison): string {
  const name = expression.name(attribute);
  if ('beginsWith' in comparison) return `begins_with(${name}, ${expression.value(comparison.beginsWith)})`;
  if ('between' in comparison) {
    const [low, high] = comparison.between;
    return `${name} >= ${expression.value(low)} AND ${name} <= ${expression.value(high)}`;
  }
  const [[kind, operand]] = Object.entries(comparison) as [[keyof typeof operators, KeyValue]];
  return `${name} ${operators[kind]} ${expression.value(operand)}`;
}
