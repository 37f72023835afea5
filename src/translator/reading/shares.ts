import { planColumn } from '../grammar/clause.js';
import type { Filter, Measure } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';
import { type Draft, withoutRepeats } from './candidate.js';
import type { Planner } from './planner.js';

/** `percentage of orders that were cancelled`: which filters choose the part, and which the whole. */
export function sharePlan(planner: Planner): readonly Draft[] {
  const { reading, draft } = planner;
  const share = reading.share!;
  const timed = draft.filters.slice(reading.filters.length);
  const parts: Filter[] = [];
  const wholes: Filter[] = [...timed];
  const ofPart = splitter(planner);
  for (const { filter, start } of reading.filters) (ofPart(start) ? parts : wholes).push(filter);
  if (parts.length === 0 && share.isRate) parts.push(...happenings(planner));
  if (parts.length === 0) return [sharesOfGroups(planner)];
  draft.filters = wholes;
  draft.measures = [{ aggregate: 'share', of: withoutRepeats(parts), fraction: share.fraction, ...amountOf(planner) }];
  const heads = reading.heads.filter(
    (head) => 'noun' in head && head.noun.type === 'column' && head.noun.column.role === 'text',
  );
  draft.dimensions = planner.dimensions([
    ...reading.groups,
    ...(reading.ask === 'which' && reading.extreme ? heads : []),
  ]);
  if (reading.extreme) {
    draft.order = [{ by: draft.measures[0]!, descending: reading.extreme.high }];
    draft.limit = reading.extreme.clause.limit;
  }
  if (reading.computed.some(({ aggregate }) => aggregate !== 'count' && aggregate !== 'sum')) draft.penalty += 1;
  if (reading.having.length > 0) draft.penalty += 1;
  planner.settle();
  return [draft];
}

/** `churn rate` where a date says when somebody left, if ever. */
function happenings(planner: Planner): readonly Filter[] {
  return planner
    .bareColumns(({ role, profile }) => role === 'date' && profile.nullable)
    .map((column) => ({ kind: 'null', column: planColumn(column), negated: true }));
}

/** Before `among` is the part; after the verb of a sentence is the part; a single filter is the part. */
function splitter({ reading }: Planner): (start: number) => boolean {
  const { filters, among } = reading;
  const share = reading.share!;
  const starts = filters.map(({ start }) => start);
  const whole = among.find((place) => place > share.start && starts.some((start) => start < place));
  if (whole !== undefined) return (start) => start < whole;
  if (filters.length <= 1) return () => true;
  const verb = reading.verbs.findLast((place) => place > share.start && starts.some((start) => start > place));
  if (verb !== undefined && starts.some((start) => start < verb)) return (start) => start > verb;
  if (verb !== undefined) return () => true;
  const last = Math.max(...starts);
  return (start) => start === last;
}

/** `percentage of revenue`: amounts are added up instead of rows counted. */
function amountOf(planner: Planner): Pick<Measure, 'column'> {
  const [column] = [
    ...summedColumns(planner),
    ...planner.takeHeadAmounts(),
    ...planner.bareColumns(({ role }) => role === 'number'),
  ];
  if (column && !column.additive) planner.draft.penalty += 0.5;
  return column ? { column: planColumn(column) } : {};
}

/** `percentage of total sales`: the total is what the share is of. */
function summedColumns({ reading }: Planner): readonly ColumnInfo[] {
  return reading.computed.flatMap(({ aggregate, noun }) =>
    aggregate === 'sum' && noun.type === 'column' && noun.column.role === 'number' ? [noun.column] : [],
  );
}

/** `share of orders by status`: each group's part of all. */
function sharesOfGroups(planner: Planner): Draft {
  const { reading, draft } = planner;
  draft.dimensions = planner.dimensions(reading.groups);
  draft.measures = [{ aggregate: 'share', of: [], fraction: reading.share!.fraction, ...amountOf(planner) }];
  if (draft.dimensions.length === 0 || reading.share!.isRate) draft.penalty += 1;
  planner.settle();
  return draft;
}
