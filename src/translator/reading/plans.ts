import { booleanFilter, type Noun, planColumn } from '../grammar/clause.js';
import type { Scope } from '../linking/scope.js';
import type { Dimension, Filter, Measure, TimeUnit } from '../plan.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import { dateWorth, type TableInfo } from '../schema/schema.js';
import { type Candidate, Draft } from './candidate.js';
import { comparePlans } from './compared.js';
import { describeRows } from './rows.js';
import type { Computed, Grouping, Ordering, Reading } from './reading.js';
import { sharePlan } from './shares.js';

const PERSONS =
  /^(?:person|agent|author|salesperson|seller|assigned|assignee|owner|customer|client|employee|manager|director|artist|player|driver|teacher|doctor|rep|user|member|winner|candidate|actor|singer|writer|composer)$/;
const RATED = /^(?:rating|ratings|score|rate|satisfaction|stars|grade|percent|percentage|pct|ratio)$/;
const CALENDAR = ['year', 'quarter', 'month', 'week'] as const;
const VAGUE = 0.3;
const WRONG = 1;

/** The plans that a reading may mean; more than one where the question leaves it open. */
export function plansOf(reading: Reading, scope: Scope): readonly Candidate[] {
  return new Planner(reading, scope).plans().map((draft) => draft.finish());
}

/** Decides what the parts of a reading amount to. */
export class Planner {
  readonly draft: Draft;

  constructor(
    readonly reading: Reading,
    readonly scope: Scope,
  ) {
    this.draft = new Draft(scope);
    this.draft.penalty = reading.penalty;
    this.draft.assumptions.push(...reading.notes);
  }

  plans(): readonly Draft[] {
    const { reading, draft } = this;
    this.findPersons();
    this.nameTables();
    draft.filters = reading.filters.map(({ filter }) => filter);
    this.limitTimes();
    if (reading.share) return sharePlan(this);
    if (reading.difference || reading.compare || reading.correlation) {
      const compared = comparePlans(this);
      if (compared) return compared;
    }
    if (reading.mode) return [this.modePlan(reading.mode)];
    if (reading.extreme) return this.extremePlans(reading.extreme);
    return this.plainPlans();
  }

  /** Groups as dimensions; a table's rows by their key and label. */
  dimensions(groupings: readonly Grouping[]): Dimension[] {
    return groupings.flatMap((grouping) =>
      'unit' in grouping ? this.unitDimension(grouping.unit) : this.nounDimensions(grouping.noun),
    );
  }

  measure({ aggregate, noun, second }: Computed): Measure {
    if (aggregate === 'count') return this.count(noun);
    if (noun.type !== 'column') {
      this.draft.penalty += WRONG;
      return { aggregate: 'count' };
    }
    const { column } = noun;
    if (column.role === 'boolean' && aggregate === 'avg')
      return { aggregate: 'share', of: [booleanFilter(column, true)] };
    const dated = column.role === 'date' || column.role === 'year';
    if (column.role !== 'number' && !(dated && (aggregate === 'min' || aggregate === 'max')))
      this.draft.penalty += WRONG;
    if (aggregate === 'sum' && !column.additive) this.draft.penalty += 0.05;
    return { aggregate, column: planColumn(column), ...(second ? { second: planColumn(second) } : {}) };
  }

  /** Takes the columns out of the nouns that play no part yet. */
  bareColumns(fits: (column: ColumnInfo) => boolean): readonly ColumnInfo[] {
    const { bare } = this.reading;
    const found: ColumnInfo[] = [];
    for (let place = bare.length - 1; place >= 0; place -= 1) {
      const noun = bare[place]!;
      if (noun.type !== 'column' || !fits(noun.column)) continue;
      found.unshift(noun.column);
      bare.splice(place, 1);
    }
    return found;
  }

  /** What nobody asked for any more makes the reading less likely. */
  settle(): void {
    const used = new Set([
      ...this.reading.filters.map(({ column }) => column.name),
      ...this.draft.dimensions.map(({ column }) => column),
      ...this.draft.measures.flatMap(({ column }) => (column ? [column.column] : [])),
      ...this.draft.columns.map(({ column }) => column),
    ]);
    const heads = this.reading.heads.flatMap((head) => ('noun' in head ? [head.noun] : []));
    for (const noun of [...this.reading.bare, ...heads]) {
      if (noun.type !== 'column') continue;
      this.draft.penalty += used.has(noun.column.name) ? 0.05 : 0.45;
    }
  }

  /** Whether the filters leave about one row: a lookup rather than a summary. */
  isPinned(): boolean {
    const { main } = this.scope;
    const parts = this.draft.filters.map((filter) => {
      const column = filter.kind === 'any' ? undefined : main.columns.find(({ name }) => name === filter.column.column);
      const isExact =
        (filter.kind === 'values' && !filter.negated) ||
        (filter.kind === 'compare' && filter.operator === '=') ||
        (filter.kind === 'time' && isOneDay(filter));
      if (!column || !isExact) return 1;
      return (column.profile.distinct ?? 1) / (filter.kind === 'values' ? filter.values.length : 1);
    });
    return parts.reduce((product, each) => product * each, 1) >= Math.max(2, main.rows * 0.5);
  }

  dateColumn(): ColumnInfo | undefined {
    const { main } = this.scope;
    const [hinted] = this.bareColumns(({ role }) => role === 'date' || role === 'year');
    if (hinted) return hinted;
    const used = this.reading.filters.find(
      ({ filter, column }) => column.role === 'date' && filter.kind === 'time',
    )?.column;
    if (used) return used;
    const { dates } = main;
    const [first, second] = dates;
    if (first && second && dateWorth(first, main.entity) === dateWorth(second, main.entity))
      this.draft.penalty += VAGUE;
    if (first && dates.length > 1) this.draft.assumptions.push(`I took ${columnLabel(first)} as the date.`);
    const [other] = first ? [] : [...this.scope.paths.keys()].flatMap((table) => table.dates);
    if (other) this.draft.assumptions.push(`I took the ${columnLabel(other)} of ${other.table.name} as the date.`);
    return first ?? other;
  }

  /** The nouns of heads that are columns; tables and units are told apart from them. */
  headColumns(): readonly ColumnInfo[] {
    return this.reading.heads.flatMap((head) =>
      'noun' in head && head.noun.type === 'column' ? [head.noun.column] : [],
    );
  }

  /** `Who closed the most tickets?` asks for the column that holds people. */
  private findPersons(): void {
    const { reading, scope } = this;
    if (reading.ask !== 'who' || reading.heads.length > 0 || scope.main.personal) return;
    const persons = scope.main.columns.filter(
      ({ role, words }) => role === 'text' && words.some(({ word }) => PERSONS.test(word)),
    );
    const [person] = persons;
    if (person && persons.length === 1)
      reading.heads.push({ noun: { type: 'column', column: person, namesHead: true } });
  }

  private nameTables(): void {
    const { reading, draft } = this;
    const computed = [...reading.computed, ...reading.having.map((each) => each.computed)];
    const targets = [reading.extreme?.target, reading.sort?.target].flatMap((target) =>
      target && 'noun' in target ? [target.noun] : [],
    );
    const groupings = [...reading.heads, ...reading.groups].flatMap((each) => ('noun' in each ? [each.noun] : []));
    for (const noun of [...groupings, ...reading.bare, ...computed.map(({ noun }) => noun), ...targets]) {
      if (noun.type === 'entity') draft.named.add(noun.table);
    }
  }

  private limitTimes(): void {
    for (const time of this.reading.times) {
      const column = this.dateColumn();
      const filter = column && time.on(column);
      if (filter) this.draft.filters.push(filter);
      else this.draft.penalty += WRONG;
    }
  }

  private unitDimension(unit: TimeUnit): Dimension[] {
    const column = this.dateColumn();
    if (!column || (column.role === 'year' && unit !== 'year')) {
      this.draft.penalty += WRONG;
      return [];
    }
    const isWhole = column.role === 'year' || (unit === 'day' && column.type === 'date');
    return [{ ...planColumn(column), ...(isWhole ? {} : { unit }) }];
  }

  private nounDimensions(noun: Noun): Dimension[] {
    if (noun.type === 'rows') {
      this.draft.penalty += VAGUE;
      return [];
    }
    if (noun.type === 'entity') return this.entityDimensions(noun.table);
    const { column } = noun;
    if (column.role === 'id' && column.table === this.scope.main) {
      const [key] = [...this.scope.paths.values()].filter((path) => path.length === 1 && path[0]!.from === column);
      if (key) return this.entityDimensions(key[0]!.to.table);
    }
    if (column.role === 'number' && !(column.profile.distinct !== undefined && column.profile.distinct <= 30))
      this.draft.penalty += VAGUE;
    const unit =
      column.role === 'date' ? CALENDAR.find((each) => column.words.some(({ word }) => word === each)) : undefined;
    return [{ ...planColumn(column), ...(unit ? { unit } : {}) }];
  }

  private entityDimensions(table: TableInfo): Dimension[] {
    if (!this.scope.paths.has(table)) {
      this.draft.penalty += WRONG;
      return [];
    }
    const labels = table.labels.map(planColumn);
    const key =
      table.key && !table.labels.includes(table.key) ? [{ ...planColumn(table.key), hidden: labels.length > 0 }] : [];
    if (labels.length + key.length === 0) this.draft.penalty += WRONG;
    return [...key, ...labels];
  }

  private count(noun: Noun): Measure {
    const { draft, scope } = this;
    if (noun.type === 'rows') return { aggregate: 'count' };
    if (noun.type === 'entity') {
      if (noun.table === scope.main) return { aggregate: 'count' };
      const path = scope.paths.get(noun.table);
      if (!path) draft.penalty += WRONG;
      const key = path?.at(-1)?.from;
      return key ? { aggregate: 'count_distinct', column: planColumn(key) } : { aggregate: 'count' };
    }
    return this.countColumn(noun.column, noun.namesHead);
  }

  private countColumn(column: ColumnInfo, namesHead: boolean): Measure {
    const { draft, scope, reading } = this;
    const target = planColumn(column);
    if (column.unique && column.table === scope.main) return { aggregate: 'count' };
    switch (column.role) {
      case 'number':
        if (reading.distinct) return { aggregate: 'count_distinct', column: target };
        draft.assumptions.push(`I added up ${columnLabel(column)}.`);
        if (!column.additive || isMoney(column)) draft.penalty += 0.45;
        return { aggregate: 'sum', column: target };
      case 'boolean':
        draft.filters.push(booleanFilter(column, true));
        return { aggregate: 'count' };
      case 'date':
        if (reading.distinct) return { aggregate: 'count_distinct', column: target };
        draft.penalty += 0.1;
        return { aggregate: 'count', column: target };
      case 'year':
      case 'id':
        return { aggregate: 'count_distinct', column: target };
      case 'text': {
        const isLabel = column.table === scope.main && column.table.labels[0] === column;
        if (isLabel && !reading.distinct && !column.unique) return { aggregate: 'count' };
        if (!namesHead) draft.penalty += reading.filters.length > 0 ? 0.4 : 0.25;
        if (reading.filters.some((filter) => filter.column === column)) draft.penalty += 0.3;
        if (!reading.distinct) draft.assumptions.push(`I counted the different values of ${columnLabel(column)}.`);
        return { aggregate: 'count_distinct', column: target };
      }
    }
  }

  private modePlan({ high, limit }: { high: boolean; limit: number }): Draft {
    const { draft, reading } = this;
    draft.dimensions = this.dimensions([...reading.groups, ...reading.heads]);
    if (draft.dimensions.length === 0 || this.namesRows(reading.groups)) draft.penalty += WRONG;
    const measure: Measure = { aggregate: 'count' };
    draft.measures = [measure];
    draft.order = [{ by: measure, descending: high }];
    draft.limit = reading.extreme?.clause.counted ? reading.extreme.clause.limit : limit;
    this.settle();
    return draft;
  }

  /** Whether each group would be one row: none is more common than another. */
  private namesRows(groups: readonly Grouping[]): boolean {
    const { main } = this.scope;
    return groups.some((group) => {
      if (!('noun' in group)) return false;
      const { noun } = group;
      if (noun.type !== 'column') return noun.type === 'rows' || noun.table === main;
      return noun.column.unique || main.labels.includes(noun.column);
    });
  }

  private extremePlans(extreme: Ordering & NonNullable<Reading['extreme']>): readonly Draft[] {
    const { draft, reading } = this;
    const { clause, target, high } = extreme;
    const measured = target && 'aggregate' in target ? target : reading.computed[0];
    const isRowCount =
      measured?.aggregate === 'count' && measured === reading.computed[0] && target && !('aggregate' in target);
    const subject = [...reading.heads, ...reading.groups];
    if (reading.bare.length > 0 && reading.heads.length === 0 && target === undefined) this.fillOrder(extreme);
    const column = extreme.target && !('aggregate' in extreme.target) ? extreme.target : undefined;
    if (reading.ask === 'count' && isRowCount) draft.penalty += WRONG;
    const pair =
      subject.length === 0
        ? this.reading.filters.find(({ filter }) => filter.kind === 'values' && filter.values.length === 2)
        : undefined;
    if (pair && (column || measured)) {
      draft.dimensions = [planColumn(pair.column)];
      const measure: Measure = measured
        ? this.measure(measured)
        : { aggregate: column!.additive ? 'sum' : 'avg', column: planColumn(column!) };
      draft.measures = [measure];
      draft.order = [{ by: measure, descending: high }];
      if (column)
        draft.assumptions.push(`I compared the ${column.additive ? 'sums' : 'averages'} of ${columnLabel(column)}.`);
      this.settle();
      return [draft];
    }
    if (column && this.asksForEnd(column, clause.column !== undefined))
      return [this.endPlan(column, high, clause.counted)];
    const grouped = this.groupingHeads(column, clause.amount);
    const computed = measured && !isRowCount ? measured : undefined;
    if (computed || (column && grouped)) {
      const measure = computed
        ? this.measure(computed)
        : this.amountOf(column!, clause.amount || extreme.named === true, high);
      draft.dimensions = this.dimensions(subject);
      if (draft.dimensions.length === 0)
        return computed ? this.endOfGroups(measure) : [this.endPlan(column!, high, clause.counted)];
      draft.measures = [
        measure,
        ...reading.computed.filter((each) => each !== computed).map((each) => this.measure(each)),
      ];
      draft.order = [{ by: measure, descending: high }];
      this.cut(clause);
      this.addHaving();
      this.settle();
      return [draft];
    }
    if (column) return [this.rowPlan(column, high, clause)];
    return this.openExtreme(subject, high, clause);
  }

  /** `top 5 airlines`: by how many rows they have, where nothing else is said. */
  private openExtreme(
    subject: readonly Grouping[],
    high: boolean,
    clause: { limit: number; offset: number; counted: boolean },
  ): readonly Draft[] {
    const { draft } = this;
    const pair =
      subject.length === 0
        ? this.reading.filters.find(({ filter }) => filter.kind === 'values' && filter.values.length === 2)
        : undefined;
    draft.dimensions = pair ? [planColumn(pair.column)] : this.dimensions(subject);
    draft.penalty += pair ? 0 : subject.length === 0 ? WRONG : clause.counted ? VAGUE : 0.5;
    const measure: Measure = { aggregate: 'count' };
    draft.measures = [measure];
    draft.order = [{ by: measure, descending: high }];
    if (!pair) this.cut(clause);
    this.settle();
    return [draft];
  }

  private fillOrder(extreme: Ordering): void {
    const [column] = this.bareColumns(({ role }) => role === 'number');
    if (column) extreme.target = column;
  }

  /** `What is the highest price?` asks for the price, not for a row. */
  private asksForEnd(column: ColumnInfo, isImplied: boolean): boolean {
    const { reading } = this;
    const heads = this.headColumns();
    if (reading.heads.length > 0)
      return heads.length === reading.heads.length && heads.every((head) => head === column);
    if (reading.ask === 'who' || reading.ask === 'when' || reading.ask === 'where') return false;
    const same = reading.bare.some((noun) => noun.type === 'column' && noun.column === column);
    return (
      same ||
      (!isImplied &&
        (reading.groups.length > 0 ||
          reading.ask === 'which' ||
          reading.ask === 'much' ||
          reading.ask === 'list' ||
          reading.ask === undefined ||
          reading.ask === 'how'))
    );
  }

  private endPlan(column: ColumnInfo, high: boolean, counted: boolean): Draft {
    const { draft, reading } = this;
    if (counted) draft.penalty += VAGUE;
    this.bareColumns((each) => each === column);
    draft.dimensions = this.dimensions(reading.groups);
    draft.measures = [{ aggregate: high ? 'max' : 'min', column: planColumn(column) }];
    this.settle();
    return draft;
  }

  private endOfGroups(measure: Measure): readonly Draft[] {
    this.draft.measures = [measure];
    this.draft.penalty += this.reading.extreme?.clause.counted ? WRONG : 0.1;
    this.settle();
    return [this.draft];
  }

  /** Whether the heads are groups of rows rather than rows. */
  private groupingHeads(column: ColumnInfo | undefined, amount: boolean): boolean {
    const { reading, scope } = this;
    if (!column || (column.role !== 'number' && !amount)) return false;
    return reading.heads.some((head) => {
      if ('unit' in head) return head.unit !== 'day';
      const { noun } = head;
      if (noun.type === 'entity') return noun.table !== scope.main;
      if (noun.type !== 'column') return false;
      const { column: headColumn } = noun;
      const isRow = headColumn.unique || scope.main.labels.includes(headColumn);
      return !isRow && (headColumn.table !== scope.main || (headColumn.profile.distinct ?? 0) < scope.main.rows * 0.9);
    });
  }

  private amountOf(column: ColumnInfo, amount: boolean, high: boolean): Measure {
    const { draft } = this;
    const target = planColumn(column);
    if (column.role !== 'number') {
      draft.penalty += 0.4;
      return { aggregate: 'count_distinct', column: target };
    }
    if (column.additive) {
      if (!amount) draft.assumptions.push(`I compared the sums of ${columnLabel(column)}.`);
      return { aggregate: 'sum', column: target };
    }
    if (column.words.some(({ word }) => RATED.test(word))) {
      draft.assumptions.push(`I compared the averages of ${columnLabel(column)}.`);
      return { aggregate: 'avg', column: target };
    }
    draft.penalty += amount ? VAGUE : 0.05;
    draft.assumptions.push(`I compared the ${high ? 'highest' : 'lowest'} single ${columnLabel(column)}.`);
    return { aggregate: high ? 'max' : 'min', column: target };
  }

  private rowPlan(column: ColumnInfo, high: boolean, clause: { limit: number; offset: number }): Draft {
    const { draft, reading } = this;
    const hinted = column.role === 'date' ? this.bareColumns(({ role }) => role === 'date')[0] : undefined;
    const by = hinted ?? column;
    if (reading.groups.length > 0) draft.penalty += VAGUE;
    if (this.scope.main.labels.length === 0 && this.scope.paths.size > 1) draft.penalty += 0.2;
    describeRows(this, [by]);
    draft.order = [{ by: planColumn(by), descending: high }];
    if (by.profile.nullable) draft.filters.push({ kind: 'null', column: planColumn(by), negated: true });
    this.cut(clause);
    this.settle();
    return draft;
  }

  private cut({ limit, offset }: { limit: number; offset: number }): void {
    this.draft.limit = limit;
    if (offset > 0) this.draft.offset = offset;
  }

  private plainPlans(): readonly Draft[] {
    const { reading, draft } = this;
    const computedFilters = reading.computed.length > 0 || reading.having.length > 0;
    if (reading.ask === 'exists' && !computedFilters) return [this.existsPlan()];
    if (this.isCountOfPinned()) return [this.pinnedCount()];
    if (reading.ask === 'much' && !computedFilters && !this.isPinned()) this.sumAmounts();
    const groupings =
      reading.having.length > 0 && reading.computed.length === 0
        ? [...reading.heads, ...reading.groups]
        : reading.groups;
    if (reading.computed.length > 0) return [this.summary(reading.computed.map((each) => this.measure(each)))];
    if (reading.having.length > 0) return [this.thresholdPlan(groupings)];
    if (reading.groups.length > 0) return this.groupedPlans();
    return describeRows(this);
  }

  private summary(measures: readonly Measure[]): Draft {
    const { draft, reading } = this;
    draft.measures = [...measures];
    const heads = reading.heads.filter((head) => !('noun' in head) || head.noun.type === 'column');
    draft.dimensions = this.dimensions(
      reading.ask === 'which' || reading.ask === 'list' ? [...heads, ...reading.groups] : reading.groups,
    );
    this.addHaving();
    this.sort();
    this.settle();
    return draft;
  }

  private thresholdPlan(groupings: readonly Grouping[]): Draft {
    const { draft, reading } = this;
    const bare =
      groupings.length > 0
        ? []
        : this.bareColumns(({ role }) => role === 'text').map((column) => ({
            noun: { type: 'column', column, namesHead: true } as const,
          }));
    draft.dimensions = this.dimensions([...groupings, ...bare]);
    if (draft.dimensions.length === 0) draft.penalty += WRONG;
    this.addHaving();
    draft.measures = reading.having.map((each) => this.measure(each.computed));
    this.settle();
    return draft;
  }

  addHaving(): void {
    const { draft, reading } = this;
    if (reading.having.length > 0 && draft.dimensions.length === 0) draft.penalty += WRONG;
    draft.having = reading.having.map(({ computed, operator, value }) => ({
      measure: this.measure(computed),
      operator,
      value,
    }));
  }

  sort(): void {
    const { reading, draft } = this;
    const target = reading.sort?.target;
    if (reading.limit !== undefined) draft.limit = reading.limit;
    if (!target) return;
    if ('aggregate' in target) draft.order = [{ by: this.measure(target), descending: reading.sort!.high }];
    else {
      const measure = draft.measures.find(({ column }) => column?.column === target.name);
      draft.order = [{ by: measure ?? planColumn(target), descending: reading.sort!.high }];
    }
  }

  /** `sales by region`: the sum where sums mean something, else a question back. */
  private groupedPlans(): readonly Draft[] {
    const amounts = [...this.bareColumns(({ role }) => role === 'number'), ...this.takeHeadAmounts()];
    const dates = this.bareColumns(({ role }) => role === 'date');
    if (amounts.length === 0) {
      const [date] = dates;
      const units = this.reading.groups.some((group) => 'unit' in group);
      if (date) this.reading.bare.push({ type: 'column', column: date, namesHead: true });
      this.draft.penalty += units || this.namesMain() ? 0 : 0.1;
      const draft = this.summary([{ aggregate: 'count' }]);
      if (date) draft.filters.push({ kind: 'null', column: planColumn(date), negated: true });
      return [draft];
    }
    const listed = this.reading.ask === 'list' || this.reading.ask === 'which' ? 0.05 : 0;
    this.draft.penalty += listed;
    if (amounts.every(({ additive }) => additive)) {
      this.draft.assumptions.push(`I added up ${amounts.map(columnLabel).join(' and ')}.`);
      return [this.summary(amounts.map((column) => ({ aggregate: 'sum', column: planColumn(column) })))];
    }
    if (amounts.every(({ intensive }) => intensive)) {
      this.draft.assumptions.push(`I took the average of ${amounts.map(columnLabel).join(' and ')}.`);
      return [this.summary(amounts.map((column) => ({ aggregate: 'avg', column: planColumn(column) })))];
    }
    const draft = this.summary([]);
    const of = (aggregate: 'avg' | 'sum' | 'max') => {
      const copy = draft.copy();
      copy.measures = amounts.map((column) => ({ aggregate, column: planColumn(column) }));
      return copy;
    };
    return [of('avg'), of('sum')];
  }

  private takeHeadAmounts(): readonly ColumnInfo[] {
    const { heads } = this.reading;
    const amounts = this.headColumns().filter(({ role }) => role === 'number');
    const rest = heads.filter(
      (head) => !('noun' in head && head.noun.type === 'column' && amounts.includes(head.noun.column)),
    );
    heads.splice(0, heads.length, ...rest);
    return amounts;
  }

  private namesMain(): boolean {
    return this.draft.named.has(this.scope.main) || this.reading.bare.some(({ type }) => type === 'rows');
  }

  private existsPlan(): Draft {
    const { draft } = this;
    draft.exists = true;
    if (draft.filters.length === 0) draft.penalty += 0.4;
    this.settle();
    return draft;
  }

  /** `How many cylinders does the datsun 710 have?` looks a number up. */
  private isCountOfPinned(): boolean {
    const [first] = this.reading.computed;
    const noun = first?.aggregate === 'count' ? first.noun : undefined;
    const isAmount = noun?.type === 'column' && noun.column.role === 'number';
    return isAmount && this.reading.computed.length === 1 && this.reading.groups.length === 0 && this.isPinned();
  }

  private pinnedCount(): Draft {
    const { draft, reading } = this;
    const [{ noun }] = reading.computed as [Computed];
    if (noun.type === 'column') draft.columns = [planColumn(noun.column)];
    this.settle();
    return draft;
  }

  private sumAmounts(): void {
    const { reading } = this;
    const amounts = [...this.takeHeadAmounts(), ...this.bareColumns(({ role }) => role === 'number')];
    for (const column of amounts) {
      if (!column.additive) this.draft.penalty += VAGUE;
      reading.computed.push({ aggregate: 'sum', noun: { type: 'column', column, namesHead: true } });
    }
    if (amounts.length === 0) this.draft.penalty += 0.6;
  }
}

function isOneDay({ from, to }: Extract<Filter, { kind: 'time' }>): boolean {
  return from !== undefined && to !== undefined && Date.parse(to) - Date.parse(from) === 86_400_000;
}

/** Nobody asks how many of it there are. */
function isMoney({ type, words }: ColumnInfo): boolean {
  return type !== 'bigint' || words.some(({ word }) => MONEY.test(word));
}

const MONEY =
  /^(?:revenue|price|cost|costs|amount|profit|budget|salary|income|earnings|gross|fee|fees|tax|payment|balance|usd|eur)$/;
