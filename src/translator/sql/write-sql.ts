import type { Dimension, Filter, Having, Measure, Order, Plan, PlanColumn } from '../plan.js';
import { type ColumnTypes, filterSql } from './filters.js';
import { expressionOf, quoted } from './names.js';

/** Writes a plan as one SELECT of Athena's dialect. */
export function writeSql(plan: Plan, types: ColumnTypes): string {
  return new SqlWriter(plan, types).write();
}

class SqlWriter {
  private readonly names = new Map<Measure, string>();

  constructor(
    private readonly plan: Plan,
    private readonly types: ColumnTypes,
  ) {}

  write(): string {
    return this.plan.within ? this.rankedWithin(this.plan.within) : this.select();
  }

  /** The first rows of each group: all of them are numbered within their group, then the rest is left out. */
  private rankedWithin(within: readonly Dimension[]): string {
    const { order, limit, measures } = this.plan;
    const groups = within.filter(({ hidden }) => !hidden).map((each) => this.dimension(each));
    const place = `row_number() OVER (PARTITION BY ${groups.join(', ')} ORDER BY ${order.map((each) => this.order(each)).join(', ')})`;
    const rows = this.select([`${place} AS place_in_group`]);
    const names = [...this.dimensionNames(), ...measures.map((measure) => quoted(this.names.get(measure)!))];
    return [
      `SELECT ${names.join(', ')}`,
      `FROM (`,
      rows.replace(/^/gm, '  '),
      `) AS ranked`,
      `WHERE place_in_group <= ${limit ?? 1}`,
      `ORDER BY ${names.slice(0, groups.length).join(', ')}, place_in_group`,
    ].join('\n');
  }

  private dimensionNames(): readonly string[] {
    const shown = this.plan.dimensions.filter(({ hidden }) => !hidden);
    return shown.map((each) => quoted(each.unit ? dimensionName(each) : each.column));
  }

  private select(extra: readonly string[] = []): string {
    const { plan } = this;
    const lines = [`SELECT ${[this.selectList(), ...extra].join(', ')}`, `FROM ${this.from()}`];
    const where = plan.filters.map((filter) => this.filter(filter));
    if (where.length > 0) lines.push(`WHERE ${where.join('\n  AND ')}`);
    if (this.isGrouped()) lines.push(`GROUP BY ${plan.dimensions.map((each) => this.dimension(each)).join(', ')}`);
    if (plan.having.length > 0) lines.push(`HAVING ${plan.having.map((each) => this.having(each)).join(' AND ')}`);
    if (extra.length > 0) return lines.join('\n');
    const order = this.orderBy();
    if (order) lines.push(`ORDER BY ${order}`);
    if (plan.offset !== undefined) lines.push(`OFFSET ${plan.offset}`);
    if (plan.limit !== undefined) lines.push(`LIMIT ${plan.limit}`);
    return lines.join('\n');
  }

  private isGrouped(): boolean {
    return this.plan.dimensions.length > 0;
  }

  private selectList(): string {
    const { plan } = this;
    if (plan.exists) return 'count(*) > 0 AS found, count(*) AS number_of_rows';
    if (this.isGrouped() || plan.measures.length > 0) {
      const dimensions = plan.dimensions
        .filter(({ hidden }) => !hidden)
        .map((each) =>
          each.unit ? `${this.dimension(each)} AS ${quoted(dimensionName(each))}` : this.dimension(each),
        );
      return [...dimensions, ...plan.measures.map((measure) => this.measureWithName(measure))].join(', ');
    }
    const distinct = plan.distinct ? 'DISTINCT ' : '';
    const all = plan.joins.length > 0 ? `${quoted(plan.tables[0]!)}.*` : '*';
    return distinct + (plan.columns.map((column) => this.listed(column)).join(', ') || all);
  }

  private from(): string {
    const { tables, joins } = this.plan;
    const lines = [quoted(tables[0]!)];
    for (const { from, to } of joins)
      lines.push(`JOIN ${quoted(to.table)} ON ${this.column(from)} = ${this.column(to)}`);
    return lines.join('\n  ');
  }

  private column = (column: PlanColumn): string =>
    expressionOf(column, (name) =>
      this.plan.tables.length > 1 ? `${quoted(column.table)}.${quoted(name)}` : quoted(name),
    );

  private listed(column: PlanColumn): string {
    return column.product || column.elapsed || column.scaled
      ? `${this.column(column)} AS ${quoted(column.column)}`
      : this.column(column);
  }

  private filter(filter: Filter): string {
    return filterSql(filter, this.types, this.column);
  }

  private dimension(dimension: Dimension): string {
    const column = this.column(dimension);
    switch (dimension.unit) {
      case undefined:
        return column;
      case 'decade':
        return this.types(dimension) === 'bigint' ? `${column} / 10 * 10` : `year(${column}) / 10 * 10`;
      case 'year':
        return `year(${column})`;
      case 'hour':
        return this.types(dimension) === 'date' ? column : `hour(${column})`;
      case 'weekday':
        return `day_of_week(${column})`;
      case 'month_of_year':
        return `month(${column})`;
      case 'quarter':
      case 'month':
      case 'week':
      case 'day':
        return `date_trunc('${dimension.unit}', ${column})`;
    }
  }

  private measureWithName(measure: Measure): string {
    const taken = new Set(this.names.values());
    const wanted = measureName(measure);
    const name = taken.has(wanted) ? `${wanted}_${taken.size + 1}` : wanted;
    this.names.set(measure, name);
    return `${this.measure(measure)} AS ${quoted(name)}`;
  }

  private measure(measure: Measure): string {
    const column = measure.column && this.column(measure.column);
    switch (measure.aggregate) {
      case 'count':
        return `count(${column ?? '*'})`;
      case 'count_distinct':
        return `count(DISTINCT ${column})`;
      case 'median':
        return `approx_percentile(${column}, 0.5)`;
      case 'range':
        return `max(${column}) - min(${column})`;
      case 'correlation':
        return `corr(${column}, ${this.column(measure.second!)})`;
      case 'share':
        return this.share(measure);
      case 'difference':
        return this.difference(measure);
      case 'ratio':
        return this.ratio(measure);
      case 'sum':
      case 'avg':
      case 'min':
      case 'max':
      case 'stddev':
      case 'variance':
        return `${measure.aggregate}(${column})`;
    }
  }

  private share({ of = [], fraction = false, column }: Measure): string {
    const factor = fraction ? '1.0e0' : '100.0e0';
    const amount = column && this.column(column);
    const all = amount ? `sum(${amount})` : 'count(*)';
    if (of.length === 0) return `${factor} * ${all} / sum(${all}) OVER ()`;
    const part = of.map((filter) => this.filter(filter)).join(' AND ');
    if (amount) return `${factor} * sum(CASE WHEN ${part} THEN ${amount} END) / nullif(sum(${amount}), 0)`;
    return `${factor} * count_if(${part}) / nullif(count(*), 0)`;
  }

  private ratio({ column, per }: Measure): string {
    const amount = column ? `sum(${this.column(column)})` : 'count(*)';
    const by = this.column(per!.column);
    return `1.0e0 * ${amount} / nullif(${per!.aggregate === 'sum' ? `sum(${by})` : `count(DISTINCT ${by})`}, 0)`;
  }

  private difference({ between, column }: Measure): string {
    const { aggregate, one, other } = between!;
    const value = column ? this.column(column) : '1';
    const side = (filter: Filter) => {
      const cell = `CASE WHEN ${this.filter(filter)} THEN ${value} END`;
      if (aggregate === 'count_distinct') return `count(DISTINCT ${cell})`;
      return aggregate === 'median' ? `approx_percentile(${cell}, 0.5)` : `${aggregate}(${cell})`;
    };
    return `abs(${side(one)} - ${side(other)})`;
  }

  private having({ measure, operator, value }: Having): string {
    return `${this.measure(measure)} ${operator} ${value}`;
  }

  private orderBy(): string {
    const { plan } = this;
    const asked = plan.order.map((each) => this.order(each));
    if (asked.length > 0 || !this.isGrouped() || plan.measures.length === 0) return asked.join(', ');
    const shown = plan.dimensions.filter(({ hidden }) => !hidden);
    return shown.map((each) => this.dimension(each)).join(', ');
  }

  private order({ by, descending }: Order): string {
    const expression = 'aggregate' in by ? this.measure(by) : this.dimension(by);
    return `${expression}${descending ? ' DESC' : ''} NULLS LAST`;
  }
}

function dimensionName({ column, unit }: Dimension): string {
  return unit === 'weekday' ? 'weekday' : column === unit ? `${unit}_of_${column}` : unit!;
}

function measureName({ aggregate, column, between, per }: Measure): string {
  if (aggregate === 'count') return column ? `number_of_${column.column}` : 'number_of_rows';
  if (aggregate === 'count_distinct') return `different_${column!.column}`;
  if (aggregate === 'share') return 'share';
  if (aggregate === 'correlation') return 'correlation';
  if (aggregate === 'difference') return `difference_in_${between!.aggregate}`;
  if (aggregate === 'ratio') return `${column?.column ?? 'rows'}_per_${per!.column.column}`;
  return `${aggregate}_${column!.column}`;
}
