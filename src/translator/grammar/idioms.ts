import { namesKind } from '../lexicon/asked-kinds.js';
import { areSynonyms } from '../lexicon/thesaurus.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import { quantityOf } from '../schema/quantities.js';
import { booleanFilter, type Clause, planColumn } from './clause.js';
import { durationIdioms } from './durations.js';
import { DOING, meant, measure } from './idiom-parts.js';
import { amountOfGoods, asksForGoods, goodsAsked } from './goods.js';
import { lateness } from './lateness.js';
import { moneyIdioms } from './money.js';
import { unfinished } from './unfinished.js';
import type { Lattice } from './lattice.js';

/** Ways of speaking that mean a column without naming it. */
export function idioms(lattice: Lattice, place: number): readonly Clause[] {
  return [
    ...tradeNouns(lattice, place),
    ...durationIdioms(lattice, place),
    ...peopleCounted(lattice, place),
    ...piecesCounted(lattice, place),
    ...moneyIdioms(lattice, place),
    ...taken(lattice, place),
    ...owed(lattice, place),
    ...lateness(lattice, place),
    ...unfinished(lattice, place),
    ...goodsAsked(lattice, place),
    ...fully(lattice, place),
    ...stocked(lattice, place),
    ...howMuchOfIt(lattice, place),
    ...passiveAgent(lattice, place),
  ];
}

/** `given up by their owners`: nobody is told apart. */
function passiveAgent(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.word(place) !== 'by' || !/^(?:the|their|its|our)$/.test(lattice.word(place + 1))) return [];
  const person = place + 2;
  const isPerson = lattice.roles(person, 'person').length > 0 || namesKind(lattice.word(person), 'other');
  return isPerson && !isLinked(lattice, person)
    ? [{ kind: 'mark', role: 'filler', start: place, end: person + 1, quality: 0.8 }]
    : [];
}

/** Whoever they are, they are not told apart. */
const FOLKS = new Set('customers clients users guests visitors anyone somebody'.split(' '));

/** From here on a word rather names a column. */
const LINKED = 0.6;
const NAMED = 0.8;

/** `beans` where rows are roasted batches: what a trade calls its rows, and its people, limits nothing. */
function tradeNouns(lattice: Lattice, place: number): readonly Clause[] {
  const { rows, people } = lattice.scope.main.everyday;
  const word = lattice.word(place);
  const at = { start: place, end: place + 1 };
  if (isPartOfName(lattice, place)) return [{ kind: 'mark', role: 'filler', ...at, quality: 0.75 }];
  if (lattice.columns(place).some(({ column, quality }) => quality >= LINKED && column.role !== 'date')) return [];
  if (rows.has(word)) return [{ kind: 'noun', noun: { type: 'rows' }, ...at, quality: 0.8 }];
  const isCounted =
    isCountedAt(lattice, place) || (lattice.word(place - 1) === 'new' && isCountedAt(lattice, place - 1));
  if (THINGS.has(word) && !isLinked(lattice, place))
    return [{ kind: 'noun', noun: { type: 'rows' }, ...at, quality: 0.7 }];
  const kept = WARES.has(word) && !isLinked(lattice, place) ? wareOf(lattice) : undefined;
  if (kept && isCounted) return [{ kind: 'noun', noun: { type: 'rows' }, ...at, quality: 0.75 }];
  if (kept) return [{ kind: 'noun', noun: { type: 'column', column: kept, namesHead: true }, ...at, quality: 0.8 }];
  if (isCounted)
    return standsForRow(lattice, word) ? [{ kind: 'noun', noun: { type: 'rows' }, ...at, quality: 0.75 }] : [];
  const doer = HANDLERS.has(word) && !isLinked(lattice, place) ? doerOf(lattice) : undefined;
  if (doer) return [{ kind: 'noun', noun: { type: 'column', column: doer, namesHead: true }, ...at, quality: 0.85 }];
  return (people.has(word) || FOLKS.has(word) || isDoerOfRows(lattice, word)) && !lattice.scope.main.personal
    ? [{ kind: 'mark', role: 'person', ...at, quality: 0.7 }]
    : [];
}

/** Whether `how many` stands right before. */
function isCountedAt(lattice: Lattice, place: number): boolean {
  return lattice.roles(place - 2, 'ask-count').some(({ end }) => end === place);
}

/** What anybody calls rows, whatever they are of. */
const THINGS = new Set('files cases jobs entries items'.split(' '));
/** What anybody calls those who do the work. */
const HANDLERS = new Set(
  'handler handlers colleague colleagues worker workers employee employees staffer clerk'.split(' '),
);

/** What anybody calls the goods that rows are about. */
const WARES = new Set(
  'machine machines tool tools equipment gear kit appliance appliances stuff thing things article articles'.split(' '),
);

function wareOf({ scope: { main } }: Lattice): ColumnInfo | undefined {
  const [item, other] = main.columns.filter(
    ({ role, unique, words }) =>
      role === 'text' && !unique && /^(?:item|product|article|equipment|tool|machine)$/.test(words[0]!.word),
  );
  return other ? undefined : item;
}

function isLinked(lattice: Lattice, place: number): boolean {
  return [...lattice.columns(place), ...lattice.values(place)].some(({ quality }) => quality >= LINKED);
}

/** The only column of people who do what the rows tell. */
function doerOf({ scope: { main } }: Lattice): ColumnInfo | undefined {
  const [doer, other] = main.columns.filter(
    ({ role, unique, head }) => role === 'text' && !unique && namesKind(head.word, 'doer'),
  );
  return other ? undefined : doer;
}

/** `customers` where nothing tells them apart: each row is one of them. */
function standsForRow({ scope: { main } }: Lattice, word: string): boolean {
  const isPerson = ({ words }: ColumnInfo) =>
    words.some((each) => namesKind(each.word, 'other')) ||
    words.some(({ word: own }) => own === 'group' || own === 'party');
  const isTold = main.columns.some((column) => (column.role === 'text' || column.role === 'id') && isPerson(column));
  return FOLKS.has(word) && !isTold && main.everyday.heads === undefined;
}

/** `solar` of a table of solar installations says no more than that. */
function isPartOfName(lattice: Lattice, place: number): boolean {
  const { entity } = lattice.scope.main;
  const { stem } = lattice.tokens[place]!;
  const isNamed = [...lattice.columns(place), ...lattice.values(place)].some(({ quality }) => quality >= NAMED);
  if (isNamed || lattice.entities(place).length > 0) return false;
  return entity
    .slice(0, -1)
    .some((each) => (each.stem === stem && each.word.length > 3) || areSynonyms(each.stem, stem));
}

/** `campers` of a table of campsites, `swimmers` of one of swims. */
function isDoerOfRows({ scope: { main } }: Lattice, word: string): boolean {
  const doing = /^([a-z]{4,}?)(?:m|p|n|t|g|b|d|r)?(?:ers|ors|er|or)$/.exec(word)?.[1];
  return doing !== undefined && main.entity.some((each) => each.word.startsWith(doing));
}

const PEOPLE = new Set(
  'people persons folks guests visitors individuals attendees holidaymakers tourists travellers passengers'.split(' '),
);

/** `how many people came` where each row stands for a group. */
function peopleCounted(lattice: Lattice, place: number): readonly Clause[] {
  const { heads } = lattice.scope.main.everyday;
  if (!heads) return [];
  return lattice
    .roles(place, 'ask-count')
    .filter(({ end }) => PEOPLE.has(lattice.word(end)))
    .map(({ end }) => measure('sum', heads, place, end + 1));
}

/** Whether a product is counted of which each row tells how many pieces it is about: `croissants`, but not `croissant deliveries`. */
export function countsPieces(lattice: Lattice, place: number): boolean {
  if (!quantityOf(lattice.scope.main)) return false;
  const isProduct = ({ words }: ColumnInfo) =>
    words.some(({ word }) => namesKind(word, 'thing') || word === 'category');
  return lattice.values(place).some(({ column, end }) => isProduct(column) && lattice.entities(end).length === 0);
}

/** `how many croissants`, `the most cakes`. */
function piecesCounted(lattice: Lattice, place: number): readonly Clause[] {
  const pieces = quantityOf(lattice.scope.main);
  if (!pieces) return [];
  return lattice
    .roles(place, 'ask-count', 'most', 'least')
    .filter(({ end }) => countsPieces(lattice, end))
    .flatMap(({ role, end }): readonly Clause[] =>
      role === 'ask-count' ? [measure('sum', pieces, place, end, 1.2)] : [mostOf(pieces, role === 'most', place, end)],
    );
}

function mostOf(column: ColumnInfo, high: boolean, start: number, end: number): Clause {
  const note = `I took the sum of ${columnLabel(column)}.`;
  return {
    kind: 'extreme',
    high,
    limit: 1,
    offset: 0,
    amount: true,
    counted: false,
    column,
    start,
    end,
    quality: 1.2,
    note,
  };
}

const TAKING = new Set(
  `make made take took taken taking earn earned earning collect collected gross grossed raise raised`.split(/\s+/),
);

/** `What did we take …`, `How much did we make …`: the money that came in. */
function taken(lattice: Lattice, place: number): readonly Clause[] {
  if (!TAKING.has(lattice.word(place))) return [];
  const [much] = lattice.roles(0, 'ask-much');
  if (much && asksForGoods(lattice, much.end) && amountOfGoods(lattice)) return [];
  const opening = much !== undefined || (lattice.word(0) === 'what' && DOING.has(lattice.word(1)));
  const { money } = lattice.scope.main.everyday;
  const later = lattice.tokens.flatMap((_, at) => lattice.columns(at));
  if (
    !opening ||
    later.some(({ column, quality }) => column.role === 'number' && quality >= 0.6 && !money.includes(column))
  )
    return [];
  return meant(lattice, -1, money).map((column) => measure('sum', column, place, place + 1, 0.9));
}

const OWED = new Set('owed owe owes owing outstanding unpaid unsettled overdue arrears'.split(' '));

/** `still owed`, `outstanding`: not paid yet. */
function owed(lattice: Lattice, place: number): readonly Clause[] {
  const { payment } = lattice.scope.main.everyday;
  const at = lattice.word(place) === 'still' ? place + 1 : place;
  if (!payment || !OWED.has(lattice.word(at))) return [];
  const filter =
    payment.role === 'boolean'
      ? booleanFilter(payment, false)
      : ({ kind: 'null', column: planColumn(payment), negated: false } as const);
  return [{ kind: 'filter', filter, column: payment, start: place, end: at + 1, quality: 0.95 }];
}

const FULLY = new Set(['fully', 'entirely', 'completely', 'wholly', 'purely']);

/** `fully renewable` where a column tells percents. */
function fully(lattice: Lattice, place: number): readonly Clause[] {
  if (!FULLY.has(lattice.word(place))) return [];
  return lattice.columns(place + 1).flatMap(({ column, end, quality }): readonly Clause[] => {
    const whole = Number(column.profile.max);
    if (column.role !== 'number' || (whole !== 100 && whole !== 1)) return [];
    const filter = { kind: 'compare', column: planColumn(column), operator: '=', value: whole } as const;
    return [{ kind: 'filter', filter, column, start: place, end, quality }];
  });
}

/** `out of`, `sold out`, `running low on` where a column tells what is left. */
function stocked(lattice: Lattice, place: number): readonly Clause[] {
  const { stock, reorder } = lattice.scope.main.everyday;
  if (!stock) return [];
  const text = lattice.tokens
    .slice(place, place + 4)
    .map(({ lower }) => lower)
    .join(' ');
  const gone = /^(?:(?:have |has )?(?:run|ran) out of|sold out|out of stock|are out of|out of$)/.exec(text)?.[0];
  const low =
    reorder && /^(?:(?:are |is )?(?:running|run|getting) (?:low|short|out)(?: on| of)?|short of)/.exec(text)?.[0];
  const words = low ?? gone;
  if (!words) return [];
  const filter = low
    ? ({ kind: 'columns', column: planColumn(stock), operator: '<', other: planColumn(reorder) } as const)
    : ({ kind: 'compare', column: planColumn(stock), operator: '=', value: 0 } as const);
  return [{ kind: 'filter', filter, column: stock, start: place, end: place + words.split(' ').length, quality: 1 }];
}

/** `how far do people`, `how old are our`: not of one row, but of many. */
export function asksForAll(lattice: Lattice, place: number): boolean {
  const isPlural = /^(?:are|were)$/.test(lattice.word(place + 2));
  return lattice.adjectives(place + 1).length > 0 && (isPlural || DOING.has(lattice.word(place + 2)));
}

/** `how far do people ride`: the average; `how hot does it get`: the highest. */
function howMuchOfIt(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.word(place) !== 'how' || lattice.word(place + 1) === 'long') return [];
  if (!asksForAll(lattice, place)) return [];
  const named = lattice.tokens.some(
    (_, at) =>
      at > place + 2 && lattice.columns(at).some(({ column, quality }) => column.role === 'number' && quality >= NAMED),
  );
  if (named) return [{ kind: 'mark', role: 'ask-how', start: place, end: place + 2, quality: 1 }];
  const isEnd = lattice.word(lattice.length - 1) === 'get';
  return lattice
    .adjectives(place + 1)
    .filter(({ degree, high }) => degree === 'positive' && (high || isEnd))
    .flatMap((adjective) =>
      lattice
        .columnsOfAdjective(adjective)
        .map((column) => measure(isEnd ? (adjective.high ? 'max' : 'min') : 'avg', column, place, place + 2)),
    );
}
