import { isDeepStrictEqual } from 'node:util';
import type { Change, Comparison, Condition, KeyValue } from './item-store.js';

/** Whether the condition holds for the item as it is stored now; undefined when there is none. */
export function isMet<Item extends object>(condition: Condition<Item> | undefined, item: Item | undefined): boolean {
  if (!condition) return true;
  const { exists, equals, differs, compares } = condition;
  if (exists !== undefined && exists !== (item !== undefined)) return false;
  const value = (name: string) => (item as Record<string, unknown> | undefined)?.[name];
  return (
    Object.entries(equals ?? {}).every(([name, expected]) => isDeepStrictEqual(value(name), expected)) &&
    Object.entries(differs ?? {}).every(
      ([name, other]) => value(name) !== undefined && !isDeepStrictEqual(value(name), other),
    ) &&
    Object.entries(compares ?? {}).every(([name, comparison]) => compare(value(name), comparison as Comparison))
  );
}

/** The item after the change. */
export function changed<Item extends object>(item: Partial<Item>, { set, add, remove }: Change<Item>): Item {
  const result: Record<string, unknown> = { ...item };
  for (const [name, value] of Object.entries(set ?? {})) if (value !== undefined) result[name] = value;
  for (const [name, amount] of Object.entries(add ?? {}))
    result[name] = ((result[name] as number | undefined) ?? 0) + (amount as number);
  for (const name of remove ?? []) delete result[name];
  return result as Item;
}

function compare(value: unknown, comparison: Comparison): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const [[kind, operand]] = Object.entries(comparison) as [[string, unknown]];
  if (kind === 'beginsWith') return typeof value === 'string' && value.startsWith(operand as string);
  if (kind === 'between') {
    const [low, high] = operand as [KeyValue, KeyValue];
    return inOrder(low, value) && inOrder(value, high);
  }
  const other = operand as KeyValue;
  if (typeof other !== typeof value) return false;
  switch (kind) {
    case 'equals':
      return value === other;
    case 'lessThan':
      return value !== other && inOrder(value, other);
    case 'atMost':
      return inOrder(value, other);
    case 'greaterThan':
      return value !== other && inOrder(other, value);
    default:
      return inOrder(other, value);
  }
}

/** As keys are ordered: numbers by size, texts by their UTF-8 bytes. */
function inOrder(low: KeyValue, high: KeyValue): boolean {
  if (typeof low === 'number' && typeof high === 'number') return low <= high;
  if (typeof low !== 'string' || typeof high !== 'string') return false;
  return Buffer.compare(Buffer.from(low), Buffer.from(high)) <= 0;
}
