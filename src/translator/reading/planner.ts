import { booleanFilter, type Noun, planColumn } from '../grammar/clause.js';
import type { Scope } from '../linking/scope.js';
import type { Dimension, Filter, Measure, TimeUnit } from '../plan.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import { dateWorth, isBirth, type TableInfo } from '../schema/schema.js';
import { Draft } from './candidate.js';
import { countOf } from './counting.js';
import { VAGUE, WRONG } from './penalties.js';
import type { Computed, Grouping, PlacedFilter, Reading } from './reading.js';

const PERSONS =
  /^(?:person|agent|author|salesperson|seller|assigned|assignee|owner|customer|client|employee|manager|director|artist|player|driver|teacher|doctor|rep|user|member|winner|candidate|actor|singer|writer|composer)$/;
export const PLACES = /^(?:city|town|location|place|address|country|state|region|island|site|venue|county|district)$/;
/** Numbers of more values than this tell no groups apart. */
const MOST_NUMBERS = 30;
const MOST_AMOUNTS = 20;
const CALENDAR = ['year', 'quarter', 'month', 'week'] as const;

/** Knows what the parts of one reading amount to, and collects the plan that they make. */
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

  /** Fills in what every plan of the reading has: tables, filters, times. */
  prepare(): void {
    const { reading, draft } = this;
    this.findPersons();
    this.findTime();
    this.nameTables();
    this.splitWholes();
    draft.filters = reading.filters.map(({ filter }) => filter);
    this.limitTimes();
  }

  /** Groups as dimensions; a table's rows by their key and label. */
  dimensions(groupings: readonly Grouping[]): Dimension[] {
    return groupings.flatMap((grouping) =>
      'unit' in grouping ? this.unitDimension(grouping.unit) : this.nounDimensions(grouping.noun),
    );
  }

  measure({ aggregate, noun, second }: Computed): Measure {
    if (aggregate === 'count') return countOf(noun, this);
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
      ...this.draft.measures.flatMap(({ column }) => (column ? [column.column, ...(column.elapsed ?? [])] : [])),
      ...this.draft.columns.map(({ column }) => column),
    ]);
    const heads = this.reading.heads.flatMap((head) => ('noun' in head ? [head.noun] : []));
    for (const noun of [...this.reading.bare, ...heads]) {
      if (noun.type !== 'column') continue;
      const isUsed = used.has(noun.column.name) || (noun.isVague && noun.column.role === 'date');
      this.draft.penalty += isUsed ? 0.05 : noun.isVague ? 0.15 : 0.45;
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
    const dates = main.dates.filter((date) => !isBirth(date));
    const related = this.dateOfFilters(dates);
    if (related) return related;
    const [first, second] = dates;
    if (first && second && dateWorth(first, main.entity) === dateWorth(second, main.entity))
      this.draft.penalty += VAGUE;
    if (first && dates.length > 1) this.draft.assumptions.push(`I took ${columnLabel(first)} as the date.`);
    const [other] = first
      ? []
      : [...this.scope.paths.keys()].flatMap((table) => table.dates.filter((date) => !isBirth(date)));
    if (other) this.draft.assumptions.push(`I took the ${columnLabel(other)} of ${other.table.name} as the date.`);
    return first ?? other;
  }

  /** `outcome_date` where the rows are limited by their `outcome_type`. */
  private dateOfFilters(dates: readonly ColumnInfo[]): ColumnInfo | undefined {
    const named = new Set(
      this.reading.filters
        .flatMap(({ filter, column }) =>
          filter.kind === 'values' || filter.kind === 'boolean' ? column.words.slice(0, 1) : [],
        )
        .flatMap((word) => (word.weight === 1 ? [word.root] : [])),
    );
    const [related, other] = dates.filter(({ words: [word] }) => word?.weight === 1 && named.has(word.root));
    if (!related || other || related === dates[0]) return undefined;
    this.draft.assumptions.push(`I took ${columnLabel(related)} as the date.`);
    return related;
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
    if (reading.ask === 'who') {
      const amounts = this.takeHeadAmounts();
      reading.bare.push(...amounts.map((column): Noun => ({ type: 'column', column, namesHead: true })));
    }
    if (reading.ask !== 'who' || reading.heads.length > 0 || scope.main.personal) return;
    const personal = [...scope.paths.keys()].filter(({ personal: isPersonal }) => isPersonal);
    if (personal.length === 1) {
      reading.heads.push({ noun: { type: 'entity', table: personal[0]! } });
      return;
    }
    const persons = scope.main.columns.filter(({ role, words }) => role === 'text' && PERSONS.test(words.at(-1)!.word));
    const [person] = persons;
    if (persons.length !== 1) this.draft.penalty += VAGUE;
    if (person && persons.length === 1)
      reading.heads.push({ noun: { type: 'column', column: person, namesHead: true } });
  }

  /** `When was it last inspected?` asks for the latest date. */
  private findTime(): void {
    const { reading } = this;
    const column = reading.endOfTime && this.dateColumn();
    if (!column) return;
    reading.computed.push({ aggregate: reading.endOfTime!, noun: { type: 'column', column, namesHead: true } });
  }

  /** `Where do most guests come from?` asks for the column that holds places. */
  askForPlace(): void {
    const places = this.scope.main.columns.filter(
      ({ role, words }) => role === 'text' && words.some(({ word }) => PLACES.test(word)),
    );
    const [place] = places;
    if (place && places.length === 1)
      this.reading.heads.push({ noun: { type: 'column', column: place, namesHead: true } });
    else this.draft.penalty += VAGUE;
  }

  /** `average salary of men and women`: all values of a column limit nothing, they tell groups apart. */
  private splitWholes(): void {
    const { reading } = this;
    if (reading.share || reading.compare || reading.difference || reading.extreme || reading.computed.length === 0)
      return;
    for (const each of reading.filters.filter(isWhole)) {
      reading.filters.splice(reading.filters.indexOf(each), 1);
      reading.groups.push({ noun: { type: 'column', column: each.column, namesHead: true } });
    }
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
    if (!column || (column.role === 'year' && unit !== 'year' && unit !== 'decade')) {
      this.draft.penalty += WRONG;
      return [];
    }
    const isWhole = (column.role === 'year' && unit === 'year') || (unit === 'day' && column.type === 'date');
    return [{ ...planColumn(column), ...(isWhole ? {} : { unit }) }];
  }

  private nounDimensions(noun: Noun): Dimension[] {
    if (noun.type === 'rows') {
      this.draft.penalty += VAGUE;
      return [];
    }
    if (noun.type === 'entity') return this.entityDimensions(noun.table);
    const { column } = noun;
    if (column.role === 'id') {
      const key = [...this.scope.paths.values()].map((path) => path.at(-1)).find((each) => each?.from === column);
      if (key) return this.entityDimensions(key.to.table);
    }
    const most = column.additive ? MOST_AMOUNTS : MOST_NUMBERS;
    if (column.role === 'number' && !(column.profile.distinct !== undefined && column.profile.distinct <= most))
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

  addHaving(): void {
    const { draft, reading } = this;
    const isAbsurd = draft.dimensions.length === 0 || this.isEachRowAlone();
    if (reading.having.length > 0 && isAbsurd) draft.penalty += WRONG;
    draft.having = reading.having.map(({ computed, operator, value }) => ({
      measure: this.havingMeasure(computed),
      operator,
      value,
    }));
  }

  /** Whether each row is a group of its own: nothing can be said of how many rows it has. */
  private isEachRowAlone(): boolean {
    const { columns, name } = this.scope.main;
    const isUnique = ({ table, column }: Dimension) =>
      table === name && columns.some((each) => each.unique && each.name === column);
    return this.draft.dimensions.every(isUnique);
  }

  /** `destinations with 300 arrivals` counts rows, not the destinations that they are grouped by. */
  private havingMeasure(computed: Computed): Measure {
    const { noun, aggregate } = computed;
    const isGroup =
      noun.type === 'column' &&
      this.draft.dimensions.some(
        ({ table, column }) => column === noun.column.name && table === noun.column.table.name,
      );
    return aggregate === 'count' && isGroup ? { aggregate } : this.measure(computed);
  }

  sort(): void {
    const { reading, draft } = this;
    const target = reading.sort?.target;
    if (reading.limit !== undefined) draft.limit = reading.limit;
    if (!target) {
      const [measure] = draft.measures;
      if (reading.sort && measure) draft.order = [{ by: measure, descending: reading.sort.high }];
      return;
    }
    if ('aggregate' in target) draft.order = [{ by: this.measure(target), descending: reading.sort!.high }];
    else {
      const measure = draft.measures.find(({ column }) => column?.column === target.name);
      draft.order = [{ by: measure ?? planColumn(target), descending: reading.sort!.high }];
    }
  }

  /** Takes the numbers out of the heads. */
  takeHeadAmounts(): readonly ColumnInfo[] {
    const { heads } = this.reading;
    const amounts = this.headColumns().filter(({ role }) => role === 'number');
    const rest = heads.filter(
      (head) => !('noun' in head && head.noun.type === 'column' && amounts.includes(head.noun.column)),
    );
    heads.splice(0, heads.length, ...rest);
    return amounts;
  }

  /** Whether what is asked for has many rows of the main table rather than one. */
  isGroup(head: Grouping): boolean {
    const { main } = this.scope;
    if ('unit' in head) return head.unit !== 'day';
    const { noun } = head;
    if (noun.type === 'entity') return noun.table !== main;
    if (noun.type !== 'column') return false;
    const { column } = noun;
    const isRow = column.unique || main.labels.includes(column);
    return !isRow && (column.table !== main || (column.profile.distinct ?? 0) < main.rows * 0.9);
  }

  /** `per order` over orders: every row is a group of its own. */
  isEachRow(group: Grouping): boolean {
    const { main } = this.scope;
    if (!('noun' in group)) return false;
    const { noun } = group;
    if (noun.type !== 'column') return noun.type === 'entity' && noun.table === main;
    return noun.column.unique || noun.column === main.key;
  }

  /** `top 3 products in each region`: the first rows of each of these groups. */
  rankWithin(groups: readonly Grouping[]): void {
    const { draft } = this;
    const within = this.dimensions(groups);
    if (within.length > 0 && draft.offset !== undefined) draft.penalty += WRONG;
    draft.within = within;
    draft.dimensions = [...within, ...draft.dimensions];
  }

  /** Keeps the first rows alone. */
  cut({ limit, offset }: { limit: number; offset: number }): void {
    this.draft.limit = limit;
    if (offset > 0) this.draft.offset = offset;
  }
}

function isWhole({ filter, column }: PlacedFilter): boolean {
  return (
    filter.kind === 'values' &&
    !filter.negated &&
    filter.values.length > 1 &&
    filter.values.length === column.profile.distinct
  );
}

function isOneDay({ from, to }: Extract<Filter, { kind: 'time' }>): boolean {
  return from !== undefined && to !== undefined && Date.parse(to) - Date.parse(from) === 86_400_000;
}
