import { isDeepStrictEqual } from 'node:util';
import type { Clause, ClauseOf, Noun } from '../grammar/clause.js';
import type { Role } from '../lexicon/phrases.js';
import type { Aggregate, Filter, TimeUnit } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';
import type { Ask, Computed, Grouping, Ordering, Reading } from './reading.js';

const AGGREGATES: ReadonlySet<string> = new Set(['sum', 'avg', 'min', 'max', 'median', 'stddev', 'variance', 'range']);
const MOST_ROWS = 1000;
const DANGLING = 0.5;
const TWO_QUESTIONS = 1;
const DANGLING_NUMBER = 1;
const GUESSED = 0.4;
const EACH_ONE = 0.15;

type Place = 'head' | 'per' | 'by' | 'sort' | 'extreme' | 'mode' | undefined;

export function readClauses(clauses: readonly Clause[]): Reading {
  return new Reader().read(clauses);
}

/** Goes through the clauses once; what one clause opens, a later one fills. */
class Reader {
  private readonly reading: Reading = {
    heads: [], bare: [], computed: [], besides: [], groups: [], filters: [], times: [], having: [], verbs: [], among: [],
    compare: false, difference: false, correlation: false, distinct: false, penalty: 0, notes: [],
  }; // prettier-ignore
  /** The part that the next noun plays. */
  private place: Place;
  /** Where the words of an extreme ended: what follows there is what there is most of. */
  private extremeEnd = -1;
  private pendingAggregates: Aggregate[] = [];
  private counts = false;
  private condition: ClauseOf<'condition'> | undefined;
  /** A number that nothing has explained, until a later word does: `the 5 most common names`. */
  private number: number | undefined;
  /** Whether people were spoken of where rows are none: a column must say how many. */
  private persons = false;
  private conjoined = false;
  private disjoined = false;
  private listed = false;
  private last: Listing | undefined;

  read(clauses: readonly Clause[]): Reading {
    for (const clause of clauses) {
      if (clause.note) this.reading.notes.push(clause.note);
      this.take(clause);
      if (clause.kind === 'comma') continue;
      this.listed = false;
      if (clause.kind !== 'mark' || (clause.role !== 'and' && clause.role !== 'or'))
        this.conjoined = this.disjoined = false;
    }
    this.close();
    return this.reading;
  }

  private take(clause: Clause): void {
    switch (clause.kind) {
      case 'mark':
        return this.mark(clause.role, clause.start);
      case 'noun':
        return this.noun(clause.noun);
      case 'filter':
        return this.filter(clause);
      case 'time':
        if (clause.compares) this.reading.compare = true;
        this.reading.times.push(clause);
        return;
      case 'condition':
        this.condition = clause;
        return;
      case 'measure':
        return this.computeIdiom({ aggregate: clause.aggregate, noun: columnNoun(clause.column) });
      case 'asked':
        return this.askFor(clause);
      case 'having': {
        const { aggregate, column, operator, value } = clause;
        this.reading.having.push({ computed: { aggregate, noun: columnNoun(column) }, operator, value });
        return;
      }
      case 'extreme':
        return this.extreme(clause);
      case 'comma':
        this.listed = true;
        return;
      case 'group':
        this.reading.groups.push({ unit: clause.unit });
        return;
      case 'unit':
        return this.unit(clause.unit);
      case 'number':
        if (this.reading.ask === 'list' && this.reading.limit === undefined && clause.value <= MOST_ROWS)
          this.reading.limit = clause.value;
        else {
          this.number = clause.value;
          this.reading.penalty += DANGLING_NUMBER;
        }
    }
  }

  private mark(role: Role, start: number): void {
    const { reading } = this;
    if (AGGREGATES.has(role)) {
      this.pendingAggregates.push(role as Aggregate);
      return;
    }
    if (role === 'ask-often') this.reading.often = true;
    if (role.startsWith('ask-')) return this.ask(role === 'ask-often' ? 'count' : (role.slice(4) as Ask));
    switch (role) {
      case 'share':
      case 'fraction':
        reading.share = { fraction: role === 'fraction', start };
        break;
      case 'rate':
        if (!reading.share) reading.share = { fraction: false, start, isRate: true };
        break;
      case 'each':
        if (this.reading.computed.length > 0) this.place = 'per';
        break;
      case 'per':
      case 'by':
        if (this.counts) this.countRows();
        this.place = role;
        break;
      case 'sort':
        reading.sort = { high: false };
        this.place = 'sort';
        break;
      case 'ascending':
      case 'descending':
        if (reading.sort) reading.sort.high = role === 'descending';
        break;
      case 'common':
      case 'rare':
        if (this.number !== undefined) reading.penalty -= DANGLING_NUMBER;
        reading.mode = { high: role === 'common', limit: this.number ?? reading.limit ?? 1 };
        this.number = undefined;
        this.place = 'mode';
        break;
      case 'distinct':
        reading.distinct = true;
        break;
      case 'person':
        this.persons = true;
        break;
      case 'compare':
        reading.compare = true;
        break;
      case 'difference':
        reading.difference = true;
        break;
      case 'correlation':
        reading.correlation = true;
        break;
      case 'and':
        if (this.counts) this.countRows();
        this.conjoined = true;
        break;
      case 'or':
        this.disjoined = true;
        break;
      case 'be':
      case 'relative':
        reading.verbs.push(start);
        break;
      case 'trade':
        reading.trades = true;
        break;
      case 'among':
        reading.among.push(start);
        break;
      default:
    }
  }

  private countRows(): void {
    this.reading.computed.push({ aggregate: 'count', noun: { type: 'rows' } });
    this.counts = false;
  }

  private ask(ask: Ask): void {
    const { reading } = this;
    const isSecond = reading.computed.length > 0 || (reading.ask !== undefined && reading.groups.length > 0);
    if (isSecond && this.conjoined && ask === 'much') return void this.pendingAggregates.push('sum');
    if (isSecond && (ask === 'which' || ask === 'who' || ask === 'when' || ask === 'where'))
      reading.penalty += TWO_QUESTIONS;
    if (ask === 'count') {
      this.counts = true;
      if (!reading.ask || reading.ask === 'list' || reading.ask === 'which') reading.ask = 'count';
      return;
    }
    if (reading.ask && reading.ask !== 'which') return;
    reading.ask = ask;
    if (reading.heads.length === 0 && ask !== 'when' && ask !== 'where') this.place = 'head';
  }

  private noun(noun: Noun): void {
    const { reading } = this;
    if (this.condition && !this.isMeasure(noun)) {
      reading.having.push({
        computed: { aggregate: 'count', noun },
        operator: this.condition.operator,
        value: this.condition.value,
      });
      if (this.condition.upTo !== undefined) reading.penalty += 1;
      this.condition = undefined;
      return;
    }
    const isVerb = noun.type === 'column' && noun.isVague;
    if (isVerb && this.pendingAggregates.length === 0 && !this.counts && !this.conjoined)
      return void reading.bare.push(noun);
    if (this.pendingAggregates.length > 0 || this.counts) return this.compute(noun);
    if (this.last && (this.conjoined || (this.listed && this.last.isMeasure === this.isMeasure(noun))))
      return this.last.add(noun);
    const { place } = this;
    this.place = undefined;
    switch (place) {
      case 'extreme':
        return this.extremeNoun(noun);
      case 'sort':
        return this.order(reading.sort!, noun);
      case 'by':
        if (this.isOpen() || (reading.limit !== undefined && this.isMeasure(noun)))
          return this.order(this.opened(), noun);
        return this.group(noun);
      case 'per':
        return this.group(noun);
      case 'mode':
        // `What do people most often get fined for?` has told what it asks for.
        if (reading.heads.length > 0 && noun.type === 'column' && noun.column.role === 'number')
          return void reading.bare.push({ ...noun, isVague: true });
        return this.head(noun);
      case 'head':
        return this.head(noun);
      case undefined:
        if (!reading.ask && noun.type === 'entity' && reading.heads.length === 0 && reading.computed.length === 0)
          return this.head(noun);
        if (
          (noun.type !== 'column' || noun.column.role === 'text') &&
          reading.heads.length === 0 &&
          reading.extreme &&
          !reading.computed.length
        )
          return this.head(noun);
        reading.bare.push(noun);
        this.last = this.listing(noun, (next) => void reading.bare.push(next));
    }
  }

  private computeIdiom(computed: Computed): void {
    const { reading } = this;
    this.counts = false;
    reading.idiomatic = true;
    if (this.place === 'extreme' && reading.extreme) reading.extreme.target = computed;
    else reading.computed.push(computed);
    this.place = undefined;
  }

  /** `Who …?` asks for the column of people, `… by whom` groups by it. */
  private askFor({ ask, column }: ClauseOf<'asked'>): void {
    const { reading } = this;
    const noun = columnNoun(column);
    if (this.place === 'by' || this.place === 'per') {
      this.place = undefined;
      return void reading.groups.push({ noun });
    }
    this.ask(ask);
    this.place = undefined;
    reading.interrogative = true;
    reading.heads.push({ noun });
  }

  private compute(noun: Noun): void {
    const { reading } = this;
    const { place, counts } = this;
    const aggregates = this.pendingAggregates.filter((each) => !(counts && each === 'sum'));
    this.pendingAggregates = [];
    this.counts = false;
    this.place = undefined;
    const isAmount = noun.type === 'column' && noun.column.role === 'number';
    if (counts && (place === 'per' || place === 'by') && isAmount && !this.isOpen()) return this.group(noun);
    if (counts && aggregates.length > 0) this.averageCount(aggregates);
    const computed = counts
      ? [{ aggregate: 'count', noun } as const]
      : aggregates.map((aggregate) => ({ aggregate: noun.type === 'column' ? aggregate : ('count' as const), noun }));
    if (!counts && noun.type !== 'column' && aggregates.some((each) => each !== 'sum')) {
      // The noun stands between the aggregate and its column: "average customer age".
      this.pendingAggregates = aggregates;
      reading.bare.push(noun);
      return;
    }
    if (!counts && noun.type !== 'column') reading.penalty += 0.12;
    const [first] = computed;
    if (place === 'extreme' && reading.extreme) reading.extreme.target = first;
    else if (place === 'sort' && reading.sort) reading.sort.target = first;
    else if (place === 'by' && this.isOpen()) this.opened().target = first;
    else reading.computed.push(...computed);
    this.last = this.listing(noun, (next) => this.computeBesides(first, next));
  }

  private averageCount([aggregate, other]: readonly Aggregate[]): void {
    if (aggregate === 'avg' && !other) this.reading.averagesCount = true;
    else this.reading.penalty += 1;
  }

  /** `average orders per customer`, where no amount is named. */
  private countWhatIsAveraged(): void {
    const { reading, pendingAggregates } = this;
    const place = reading.bare.findIndex(({ type }) => type === 'entity');
    const isCount = place >= 0 && reading.computed.length === 0 && reading.groups.length > 0;
    if (!isCount || !isDeepStrictEqual(pendingAggregates, ['avg'])) return;
    if (reading.bare.some((noun) => this.isMeasure(noun))) return;
    const [noun] = reading.bare.splice(place, 1);
    reading.computed.push({ aggregate: 'count', noun: noun! });
    reading.averagesCount = true;
    this.pendingAggregates = [];
  }

  /** `average price and rating` averages both; `number of orders and customers` counts both. */
  private computeBesides(first: Computed | undefined, noun: Noun): void {
    const { reading } = this;
    if (first?.aggregate === 'count') {
      if (noun.type === 'column' && noun.column.role === 'number') reading.besides.push(noun.column);
      else reading.computed.push({ aggregate: 'count', noun });
    } else if (noun.type === 'column' && first) reading.computed.push({ aggregate: first.aggregate, noun });
    else reading.bare.push(noun);
  }

  private listing(noun: Noun, add: (noun: Noun) => void): Listing {
    return { isMeasure: this.isMeasure(noun), add };
  }

  private head(noun: Noun): void {
    const same = (head: Grouping) => 'noun' in head && isSameNoun(head.noun, noun);
    if (this.reading.interrogative && this.reading.heads.some(same)) return;
    this.reading.heads.push({ noun });
    this.last = this.listing(noun, (next) => void this.reading.heads.push({ noun: next }));
  }

  private group(noun: Noun): void {
    this.reading.groups.push({ noun });
    this.last = this.listing(noun, (next) => void this.reading.groups.push({ noun: next }));
  }

  private order(ordering: Ordering, noun: Noun): void {
    ordering.named = true;
    ordering.target = noun.type === 'column' && noun.column.role !== 'text' ? noun.column : this.counted(noun);
    if (noun.type === 'column' && noun.column.role === 'text' && ordering === this.reading.sort)
      ordering.target = noun.column;
    this.last = this.listing(noun, (next) => this.orderBesides(next));
  }

  /** `top 3 regions by revenue and profit`: the first decides, the second is shown beside it. */
  private orderBesides(noun: Noun): void {
    if (noun.type === 'column' && this.isMeasure(noun)) this.reading.besides.push(noun.column);
    else this.reading.bare.push(noun);
  }

  /** `most orders` counts them; `top 5 airlines` are airlines, ordered by what is still to come. */
  private extremeNoun(noun: Noun): void {
    const extreme = this.reading.extreme!;
    const ordersRows = extreme.clause.counted || !extreme.clause.amount;
    const isDated = noun.type === 'column' && (noun.column.role === 'date' || noun.column.role === 'year');
    if (extreme.clause.adjective && isDated) return this.head(noun);
    if (extreme.clause.amount && isDated && noun.column.role === 'year') {
      extreme.target = this.counted({ type: 'rows' });
      return void this.reading.bare.push(noun);
    }
    if (isDated && noun.column.role === 'date' && !extreme.clause.amount) this.reading.penalty += DANGLING;
    if (noun.type === 'column' && !['text', 'boolean', 'id'].includes(noun.column.role)) {
      extreme.target = noun.column;
      return;
    }
    if (ordersRows) return this.head(noun);
    extreme.target = this.counted(noun);
  }

  private counted(noun: Noun): Computed {
    return { aggregate: 'count', noun };
  }

  private filter({ filter, column, start, compares, counts, isMass }: ClauseOf<'filter'>): void {
    const isCounted = filter.kind === 'values' && !filter.negated && start === this.extremeEnd;
    if (this.place === 'extreme' && isCounted && this.reading.extreme?.clause.amount)
      this.reading.mostOf = { column, isMass: isMass === true };
    if (compares && !this.reading.extreme) this.reading.compare = true;
    const { filters } = this.reading;
    const opposite = filters.findIndex((each) => isOpposite(each.filter, filter));
    if (opposite >= 0) {
      filters.splice(opposite, 1);
      this.reading.groups.push({ noun: { type: 'column', column, namesHead: true } });
      return;
    }
    const before = filters.at(-1);
    const sets = this.reading.compare || this.reading.difference || this.reading.extreme !== undefined;
    const side = sets && before ? joinValues(before.filter, filter) : undefined;
    if (side && before) filters[filters.length - 1] = { ...before, filter: side };
    else if (this.disjoined && before) {
      const joined = joinValues(before.filter, filter);
      if (joined) {
        filters[filters.length - 1] = { ...before, filter: joined };
        return;
      }
      const both = before.filter.kind === 'any' ? before.filter.filters : [before.filter];
      filters[filters.length - 1] = { ...before, filter: { kind: 'any', filters: [...both, filter] } };
    } else filters.push({ filter, column, start, counts });
    if (this.place === 'per') this.reading.penalty += DANGLING;
    if (this.place === 'by' || this.place === 'per') this.place = undefined;
  }

  private extreme(clause: ClauseOf<'extreme'>): void {
    const before = this.reading.extreme;
    if (before && isSameEnd(before.clause, clause)) {
      before.clause = { ...before.clause, limit: clause.limit, counted: true };
      return;
    }
    // `more dogs or more cats`: said twice.
    if (before?.clause.comparative && clause.comparative && before.high === clause.high && !clause.column) return;
    if (before) this.reading.penalty += DANGLING;
    const { column, high } = clause;
    if (clause.guessed) this.reading.penalty += GUESSED;
    if (this.place === 'head') this.place = undefined;
    this.reading.extreme = { clause, high, target: column };
    this.extremeEnd = clause.end;
    if (!column) this.place = 'extreme';
    else if (this.reading.heads.length === 0) this.place = 'head';
  }

  private unit(unit: TimeUnit): void {
    const { reading } = this;
    if (this.counts && unit === 'day') return this.noun({ type: 'rows' });
    if (this.counts) {
      reading.penalty += DANGLING;
      return;
    }
    if (
      this.place === 'per' ||
      this.place === 'by' ||
      this.place === 'mode' ||
      (this.conjoined && reading.groups.length > 0)
    ) {
      reading.groups.push({ unit });
      this.last = { isMeasure: false, add: (noun) => void reading.groups.push({ noun }) };
    } else if (this.place === 'head' || (reading.extreme && reading.heads.length === 0 && this.place !== 'extreme')) {
      reading.heads.push({ unit });
    } else if (this.place === 'extreme' && unit === 'day') {
      this.place = undefined;
      if (reading.extreme!.clause.counted) reading.heads.push({ unit });
      else reading.extreme!.target = this.counted({ type: 'rows' });
      return;
    } else if (unit === 'day') reading.bare.push({ type: 'rows' });
    else reading.penalty += DANGLING;
    this.place = undefined;
  }

  /** Whether an order was opened that nothing has filled yet. */
  private isOpen(): boolean {
    return (
      this.reading.extreme !== undefined &&
      (this.reading.extreme.target === undefined || this.reading.extreme.clause.column !== undefined)
    );
  }

  private opened(): Ordering {
    const { reading } = this;
    return reading.extreme ?? (reading.sort ??= { high: true });
  }

  private isMeasure(noun: Noun): boolean {
    return noun.type === 'column' && noun.column.role === 'number';
  }

  private close(): void {
    const { reading } = this;
    const { condition } = this;
    if (condition) {
      const computed = reading.computed.at(-1);
      if (computed && condition.upTo === undefined && reading.ask !== 'count') {
        reading.having.push({ computed, operator: condition.operator, value: condition.value });
      } else reading.penalty += 1.2;
    }
    if (this.counts && reading.computed.length === 0) {
      const [head] = reading.heads;
      const isNamed = head && 'noun' in head && head.noun.type === 'entity';
      if (isNamed) reading.heads.shift();
      reading.computed.push({ aggregate: 'count', noun: isNamed ? head.noun : { type: 'rows' } });
    }
    const countsRows = reading.computed.some(({ aggregate, noun }) => aggregate === 'count' && noun.type !== 'column');
    // `How many people rang?` counts calls.
    const isDeed =
      reading.computed.some(({ noun }) => noun.type === 'entity') ||
      reading.filters.some(({ column }) => column.words.some(({ word }) => word === 'age'));
    if (this.persons && countsRows && reading.ask === 'count') reading.penalty += isDeed ? EACH_ONE : 1;
    if (reading.limit !== undefined && reading.extreme) reading.penalty += DANGLING;
    this.countMostOfValue();
    this.takeMostAsOften();
    this.askForEndOfTime();
    this.sumWhatIsDone();
    this.countWhatIsAveraged();
    this.applyLateAggregates();
    if (this.place === 'per' || this.place === 'by') reading.penalty += DANGLING;
  }

  /** `Which vet sees the most rabbits?` counts the rows that are rabbits, unless an amount of them is named. */
  private countMostOfValue(): void {
    const { extreme, bare, computed } = this.reading;
    if (!this.reading.mostOf || this.place !== 'extreme' || !extreme || extreme.target || computed.length > 0) return;
    if (bare.some((noun) => this.isMeasure(noun))) return;
    extreme.target = this.counted({ type: 'rows' });
    this.place = undefined;
  }

  /** `Where do people get caught most?`: what nothing follows counts how often. */
  private takeMostAsOften(): void {
    const { extreme, bare, computed } = this.reading;
    if (this.place !== 'extreme' || !extreme || extreme.target || !extreme.clause.amount) return;
    if (extreme.clause.counted || !this.tellsDeed() || computed.length > 0) return;
    if (bare.some((noun) => this.isMeasure(noun) && !(noun.type === 'column' && noun.isVague))) return;
    this.reading.mode = { high: extreme.high, limit: 1 };
    delete this.reading.extreme;
    this.place = undefined;
  }

  /** Whether it was told who or what does something, rather than left to the question before. */
  private tellsDeed(): boolean {
    const { interrogative, bare, heads } = this.reading;
    const isDone = this.persons || bare.some(({ type }) => type !== 'column');
    const isDeed = isDone && !bare.some((noun) => this.isMeasure(noun));
    return interrogative === true || (isDeed && heads.length > 0);
  }

  /** `When was it last inspected?`, where no column is named. */
  private askForEndOfTime(): void {
    const [end] = this.pendingAggregates;
    if (this.reading.ask !== 'when' || (end !== 'max' && end !== 'min')) return;
    if (this.reading.bare.some((noun) => this.isMeasure(noun))) return;
    this.reading.endOfTime = end;
    this.pendingAggregates = [];
  }

  /** `total electricity generated`: the verb says what is added up, the noun only of what. */
  private sumWhatIsDone(): void {
    const { computed, bare } = this.reading;
    const place = bare.findIndex(
      (noun) => this.isMeasure(noun) && noun.type === 'column' && (noun.isVague || noun.column.additive),
    );
    const total = computed.findIndex(({ aggregate, noun }) => aggregate === 'count' && noun.type === 'entity');
    if (place < 0 || total < 0 || this.reading.ask === 'count') return;
    const [noun] = bare.splice(place, 1);
    computed[total] = { aggregate: 'sum', noun: noun! };
  }

  /** `how fast … on average`, `price average`: the aggregate comes after its column. */
  private applyLateAggregates(): void {
    const { reading } = this;
    const told = new Set(reading.computed.map(({ aggregate }) => aggregate));
    const pendingAggregates = this.pendingAggregates.filter((each) => !(reading.idiomatic && told.has(each)));
    if (pendingAggregates.length === 0) return;
    const place = reading.bare.findIndex((noun) => this.isMeasure(noun));
    const target = reading.extreme?.target;
    const isRanked = target !== undefined && !('aggregate' in target) && target.role === 'number';
    const head = isRanked ? -1 : reading.heads.findIndex((each) => 'noun' in each && this.isMeasure(each.noun));
    if (place >= 0) {
      const [noun] = reading.bare.splice(place, 1);
      reading.computed.push(...pendingAggregates.map((aggregate) => ({ aggregate, noun: noun! })));
    } else if (head >= 0) {
      const [each] = reading.heads.splice(head, 1);
      if (each && 'noun' in each)
        reading.computed.push(...pendingAggregates.map((aggregate) => ({ aggregate, noun: each.noun })));
    } else if (reading.extreme && target && !('aggregate' in target)) {
      reading.extreme.target = {
        aggregate: pendingAggregates[0]!,
        noun: { type: 'column', column: target, namesHead: true },
      };
    } else if (!(pendingAggregates.length === 1 && pendingAggregates[0] === 'sum')) {
      reading.penalty += DANGLING;
      const [loose] = pendingAggregates;
      if (loose) reading.loose = loose;
    } else if (reading.computed.length === 0 && !reading.heads.length) reading.penalty += 0.1;
  }
}

/** `biggest cities, top 5`: the number comes afterwards. */
function isSameEnd(one: ClauseOf<'extreme'>, other: ClauseOf<'extreme'>): boolean {
  return (
    other.counted &&
    !one.counted &&
    !other.column &&
    !other.unplaced &&
    (one.column !== undefined || one.high === other.high)
  );
}

function isSameNoun(one: Noun, other: Noun): boolean {
  return one.type === 'column' && other.type === 'column' && one.column === other.column;
}

function columnNoun(column: ColumnInfo): Noun {
  return { type: 'column', column, namesHead: true };
}

/** What a further noun after a comma or `and` is added to. */
interface Listing {
  readonly isMeasure: boolean;
  add(noun: Noun): void;
}

/** `open versus closed`: both answers of one yes-or-no column. */
function isOpposite(one: Filter, other: Filter): boolean {
  if (one.kind !== 'boolean' || other.kind !== 'boolean' || one.value === other.value) return false;
  return one.column.table === other.column.table && one.column.column === other.column.column;
}

/** `Porto or Lisbon` of one column is one list of values. */
function joinValues(one: Filter, other: Filter): Filter | undefined {
  if (one.kind !== 'values' || other.kind !== 'values' || one.negated || other.negated) return undefined;
  const isSame = one.column.table === other.column.table && one.column.column === other.column.column;
  return isSame ? { ...one, values: [...new Set([...one.values, ...other.values])] } : undefined;
}
