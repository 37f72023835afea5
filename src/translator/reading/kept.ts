import type { Clause } from '../grammar/clause.js';
import type { Role } from '../lexicon/phrases.js';
import type { Aggregate, Filter, Measure, Plan, PlanColumn } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';

/** What a plan may compute where the question has such a word. `total orders` counts, `average` of a yes-or-no column is a share. */
const KEPT_BY: Partial<Record<Role, readonly Aggregate[]>> = {
  sum: ['sum', 'count', 'count_distinct', 'share', 'ratio'],
  avg: ['avg', 'share', 'ratio'],
  min: ['min'],
  max: ['max'],
  median: ['median'],
  stddev: ['stddev'],
  variance: ['variance'],
  range: ['range'],
  correlation: ['correlation'],
  share: ['share'],
  fraction: ['share'],
};

/** How many clauses claim words of the question without leaving a trace in the plan: what they say would be dropped silently. */
export function lostClauses(clauses: readonly Clause[], plan: Plan): number {
  const content = new PlanContent(plan, clauses);
  return clauses.filter((clause) => !content.keeps(clause)).length;
}

function isBy(clause: Clause): boolean {
  return clause.kind === 'mark' && clause.role === 'by';
}

/** Everything that a plan speaks of. */
class PlanContent {
  private readonly measures: readonly Measure[];
  private readonly columns: ReadonlySet<string>;
  /** `best seller by revenue`: the order is named, whatever column the adjective may mean. */
  private readonly ordersBy: boolean;
  /** Whether the column that decides the order is one that the question names. */
  private readonly ordersNamed: boolean;

  constructor(
    private readonly plan: Plan,
    clauses: readonly Clause[],
  ) {
    this.ordersBy = clauses.some(isBy);
    const ordered = plan.order.flatMap(({ by }) => ('aggregate' in by ? [by] : []));
    this.measures = [...plan.measures, ...plan.having.map(({ measure }) => measure), ...ordered];
    const sorted = plan.order.flatMap(({ by }) => ('aggregate' in by ? [] : [by]));
    this.columns = new Set(
      [
        ...plan.columns,
        ...plan.dimensions,
        ...sorted,
        ...plan.filters.flatMap(columnsIn),
        ...this.measures.flatMap(columnsMeasured),
      ].map(keyOf),
    );
    const ends = this.measures.filter(({ aggregate }) => aggregate === 'max' || aggregate === 'min');
    const deciding = new Set([...sorted, ...[...ordered, ...ends].flatMap(columnsMeasured)].map(keyOf));
    this.ordersNamed = clauses.some(
      (clause) =>
        clause.kind === 'noun' &&
        clause.noun.type === 'column' &&
        clause.noun.isVague !== true &&
        deciding.has(keyOf({ table: clause.noun.column.table.name, column: clause.noun.column.name })),
    );
  }

  keeps(clause: Clause): boolean {
    switch (clause.kind) {
      case 'mark':
        return this.keepsMark(clause.role);
      case 'noun':
        return clause.noun.type !== 'column' || clause.noun.isVague === true || this.keepsColumn(clause.noun.column);
      case 'filter':
        return this.has(clause.column);
      case 'measure':
      case 'asked':
        return this.has(clause.column);
      case 'having':
        return this.plan.having.length > 0 && this.has(clause.column);
      case 'extreme': {
        if (clause.column && !this.ordersBy && !this.has(clause.column)) return false;
        if (clause.unplaced && !this.ordersBy && !this.ordersNamed) return false;
        const ends = clause.judges ? ['max', 'min'] : [clause.high ? 'max' : 'min'];
        const isEnd = this.measures.some(({ aggregate }) => ends.includes(aggregate));
        return isEnd || this.plan.order.length > 0;
      }
      case 'group':
        return this.plan.dimensions.length > 0;
      case 'comma':
      case 'time':
      case 'condition':
      case 'unit':
      case 'number':
        return true;
    }
  }

  private keepsMark(role: Role): boolean {
    if (role === 'sort' || role === 'common' || role === 'rare') return this.plan.order.length > 0;
    if (role === 'compare')
      return this.plan.dimensions.length + this.plan.columns.length > 0 || this.measures.some(({ between }) => between);
    const wanted = KEPT_BY[role];
    return (
      wanted === undefined ||
      this.measures.some(({ aggregate, between }) => wanted.includes(between?.aggregate ?? aggregate)) ||
      (role === 'avg' && this.plan.filters.some(({ kind }) => kind === 'average'))
    );
  }

  /** A column that tells rows apart may stand for the rows. */
  private keepsColumn(column: ColumnInfo): boolean {
    const { unique, role, table } = column;
    return unique || role === 'id' || table.labels.includes(column) || this.has(column);
  }

  private has({ table, name }: ColumnInfo): boolean {
    return this.columns.has(keyOf({ table: table.name, column: name }));
  }
}

function keyOf({ table, column }: PlanColumn): string {
  return `${table}.${column}`;
}

function columnsMeasured({ column, second, of, between, per }: Measure): readonly PlanColumn[] {
  const filters = [...(of ?? []), ...(between ? [between.one, between.other] : [])];
  return [
    ...(column ? [column, ...endsOf(column)] : []),
    ...(second ? [second] : []),
    ...(per ? [per.column] : []),
    ...filters.flatMap(columnsIn),
  ];
}

/** The dates from which and to which days are counted. */
function endsOf({ table, elapsed }: PlanColumn): readonly PlanColumn[] {
  if (!elapsed) return [];
  const [from, to] = elapsed;
  return [from, to].map((column) => ({ table, column }));
}

function columnsIn(filter: Filter): readonly PlanColumn[] {
  if (filter.kind === 'any') return filter.filters.flatMap(columnsIn);
  return filter.kind === 'columns' ? [filter.column, filter.other] : [filter.column];
}
