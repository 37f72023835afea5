import { isDeepStrictEqual } from 'node:util';
import { planColumn } from '../grammar/clause.js';
import type { Scope } from '../linking/scope.js';
import type { Dimension, Filter, Having, Measure, Order, Plan, PlanColumn } from '../plan.js';
import type { TableInfo } from '../schema/schema.js';
import { joinsTo } from './joins.js';

/** A plan that a reading may mean, with what was taken for granted. */
export interface Candidate {
  readonly plan: Plan;
  readonly assumptions: readonly string[];
  /** How much it leaves out or has to guess, 0 when all is well. */
  readonly penalty: number;
  /** The same for the confidence, where a table more is no reason to doubt. */
  readonly doubt: number;
}

const EACH_JOIN = 0.12;

/** Collects a plan; everything not set stays empty. */
export class Draft {
  measures: Measure[] = [];
  dimensions: Dimension[] = [];
  columns: PlanColumn[] = [];
  filters: Filter[] = [];
  having: Having[] = [];
  order: Order[] = [];
  distinct = false;
  exists = false;
  limit: number | undefined;
  within: Dimension[] = [];
  offset: number | undefined;
  penalty = 0;
  readonly assumptions: string[] = [];
  /** Tables that the question names, used or not. */
  readonly named = new Set<TableInfo>();

  constructor(readonly scope: Scope) {}

  copy(): Draft {
    const copy = new Draft(this.scope);
    const { named: _named, assumptions: _assumptions, scope: _scope, ...rest } = this;
    Object.assign(copy, structuredClone(rest));
    copy.assumptions.push(...this.assumptions);
    for (const table of this.named) copy.named.add(table);
    return copy;
  }

  finish(): Candidate {
    const { main, paths } = this.scope;
    const names = this.usedTables();
    const joined = joinsTo(
      [...paths.keys()].filter(({ name }) => names.has(name)),
      this.scope,
    );
    const others = [...new Set(joined.map(({ to }) => to.table))];
    const joins = joined.map(({ from, to }) => ({ from: planColumn(from), to: planColumn(to) }));
    const idle = !names.has(main.name) && !this.countsRows() && others.length > 0;
    const ignored = [...this.named].filter(
      (table) => table !== main && !others.includes(table) && !this.relatesTo(table),
    );
    const doubt = this.penalty + contradictions(this.filters) + (idle ? 1 : 0) + 0.35 * ignored.length;
    return {
      plan: {
        tables: [main.name, ...others.map(({ name }) => name)],
        joins,
        measures: this.measures,
        dimensions: this.dimensions,
        columns: this.columns,
        distinct: this.distinct,
        exists: this.exists,
        filters: withoutRepeats(this.filters),
        having: this.having,
        order: this.order,
        ...(this.limit === undefined ? {} : { limit: this.limit }),
        ...(this.within.length === 0 ? {} : { within: this.within }),
        ...(this.offset === undefined ? {} : { offset: this.offset }),
      },
      assumptions: [...new Set(this.assumptions)],
      penalty: doubt + EACH_JOIN * joins.length,
      doubt: doubt + 0.25 * EACH_JOIN * joins.length,
    };
  }

  /** `Which director …` is never answered with no director. */
  leaveOutUnknown(): void {
    for (const dimension of this.dimensions) {
      const table = [...this.scope.paths.keys()].find(({ name }) => name === dimension.table);
      const column = table?.columns.find(({ name }) => name === dimension.column);
      if (!column?.profile.nullable) continue;
      this.filters.push({ kind: 'null', column: { table: dimension.table, column: dimension.column }, negated: true });
    }
  }

  private countsRows(): boolean {
    const measures = [...this.measures, ...this.having.map(({ measure }) => measure)];
    return (
      measures.some(({ aggregate }) => aggregate === 'count' || aggregate === 'share') ||
      this.orderMeasures().length > 0
    );
  }

  private orderMeasures(): readonly Measure[] {
    return this.order.flatMap(({ by }) => ('aggregate' in by && by.aggregate === 'count' ? [by] : []));
  }

  private relatesTo(table: TableInfo): boolean {
    return this.filters.some((filter) => filter.kind === 'related' && filter.other.table === table.name);
  }

  private usedTables(): ReadonlySet<string> {
    const columns: (PlanColumn | undefined)[] = [
      ...[...this.measures, ...this.having.map(({ measure }) => measure)].flatMap(columnsOfMeasure),
      ...this.dimensions,
      ...this.columns,
      ...this.filters.flatMap(columnsOfFilter),
      ...this.order.flatMap(({ by }) => ('aggregate' in by ? columnsOfMeasure(by) : [by])),
    ];
    return new Set(columns.flatMap((column) => (column ? [column.table] : [])));
  }
}

function columnsOfMeasure({ column, second, of, between, per }: Measure): readonly (PlanColumn | undefined)[] {
  return [
    column,
    second,
    per?.column,
    ...(of ?? []).flatMap(columnsOfFilter),
    ...(between ? [...columnsOfFilter(between.one)] : []),
  ];
}

export function columnsOfFilter(filter: Filter): readonly PlanColumn[] {
  return filter.kind === 'any' ? filter.filters.flatMap(columnsOfFilter) : [filter.column];
}

/** Each filter once. */
export function withoutRepeats(filters: readonly Filter[]): readonly Filter[] {
  return filters.length < 2
    ? filters
    : filters.filter((filter, index) => filters.findIndex((each) => isDeepStrictEqual(each, filter)) === index);
}

/** One cell is never two texts, and seldom in two spans of time. */
function contradictions(filters: readonly Filter[]): number {
  const seen = new Set<string>();
  let found = 0;
  for (const filter of filters) {
    if ((filter.kind !== 'values' && filter.kind !== 'time') || filter.negated) continue;
    const key = `${filter.kind} ${filter.column.table} ${filter.column.column}`;
    if (seen.has(key)) found += 0.8;
    seen.add(key);
  }
  return found;
}
