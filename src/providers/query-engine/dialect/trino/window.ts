import { quoteName } from '../sql-text.js';
import type { Frame, FrameBound, Ordered, Window } from './ast.js';
import type { ExpressionWriter } from './expression-writer.js';

/** ORDER BY items; NULLs come last in Trino unless it is told otherwise, whatever the direction. */
export function writeOrder(writer: ExpressionWriter, items: readonly Ordered[]): string {
  return items.map((item) => `${writer.write(item.this).sql}${directionOf(item)}`).join(', ');
}

export function directionOf({ desc, nulls_first }: Ordered): string {
  return `${desc ? ' DESC' : ' ASC'} NULLS ${nulls_first === true ? 'FIRST' : 'LAST'}`;
}

/** What follows OVER: a window's name or its definition in parentheses. */
export function writeWindow(writer: ExpressionWriter, window: Window): string {
  const { window_name, partition_by = [], order_by = [], frame } = window;
  if (window_name && partition_by.length === 0 && order_by.length === 0 && !frame) return quoteName(window_name.name);
  const parts = [
    ...(window_name ? [quoteName(window_name.name)] : []),
    ...(partition_by.length > 0 ? [`PARTITION BY ${writer.list(partition_by)}`] : []),
    ...(order_by.length > 0 ? [`ORDER BY ${writeOrder(writer, order_by)}`] : []),
    ...(frame ? [writeFrame(writer, frame)] : []),
  ];
  return `(${parts.join(' ')})`;
}

function writeFrame(writer: ExpressionWriter, { kind, start, end, exclude }: Frame): string {
  if (exclude) writer.context.refuse('A window frame has no EXCLUDE here.');
  const from = writeBound(writer, start);
  return `${kind.toUpperCase()} ${end === null ? from : `BETWEEN ${from} AND ${writeBound(writer, end)}`}`;
}

function writeBound(writer: ExpressionWriter, bound: FrameBound): string {
  if (bound === 'CurrentRow') return 'CURRENT ROW';
  if (bound === 'UnboundedPreceding') return 'UNBOUNDED PRECEDING';
  if (bound === 'UnboundedFollowing') return 'UNBOUNDED FOLLOWING';
  if (typeof bound === 'string') return writer.context.refuse('This window frame is not available.');
  if (bound['Preceding']) return `${writer.write(bound['Preceding']).sql} PRECEDING`;
  if (bound['Following']) return `${writer.write(bound['Following']).sql} FOLLOWING`;
  return writer.context.refuse('This window frame is not available.');
}
