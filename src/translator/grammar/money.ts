import { isMoney } from '../text/units.js';
import { columnLabel } from '../schema/columns.js';
import { type Clause, planColumn } from './clause.js';
import { DOING, measure } from './idiom-parts.js';
import type { Lattice } from './lattice.js';

/** From here on a word rather names a column. */
const NAMED = 0.8;
const SURE = 0.55;
const PAYING = new Set('spend spends spent pay pays paid worth'.split(' '));
const EARNING = new Set(
  'earn earns earned make makes made bring brings brought raise raises raised gross grosses grossed worth fetch fetches fetched'.split(
    ' ',
  ),
);
const COSTING = new Set('cost costs charge charged charges'.split(' '));
const INCOME = new Set('sales revenue revenues turnover takings income earnings proceeds receipts'.split(' '));
/** What any column of money may be called. */
const SUMS = new Set(
  'bill bills cost costs price prices charge charges fee fees amount amounts money sum sums'.split(' '),
);

/** Verbs and nouns of money where a table names its money otherwise. */
export function moneyIdioms(lattice: Lattice, place: number): readonly Clause[] {
  return [
    ...moneyNamed(lattice, place),
    ...paid(lattice, place),
    ...mostMoney(lattice, place),
    ...priced(lattice, place),
    ...billed(lattice, place),
    ...spenders(lattice, place),
    ...free(lattice, place),
  ];
}

/** The only money of the rows, where no number of another kind is named beside it. */
function money(lattice: Lattice) {
  const all = lattice.scope.main.everyday.money;
  const names = (at: number) =>
    lattice
      .columns(at)
      .some(
        ({ column, quality, namesHead }) =>
          column.role === 'number' && quality >= NAMED && namesHead && !all.includes(column),
      );
  return all.length === 1 && !lattice.tokens.some((_, at) => names(at)) ? all : [];
}

function asksHowMuch(lattice: Lattice): boolean {
  return lattice.roles(0, 'ask-much').length > 0 || (lattice.word(0) === 'what' && DOING.has(lattice.word(1)));
}

/** `how much money` where a table names its money otherwise. */
function moneyNamed(lattice: Lattice, place: number): readonly Clause[] {
  const word = lattice.word(place);
  const isIncome =
    INCOME.has(word) &&
    !lattice.scope.main.takings &&
    lattice.columns(place).length + lattice.entities(place).length === 0;
  if (!isIncome && !/^(?:money|cash)$/.test(word)) return [];
  if (!isIncome && !/^(?:much|most|more|less|least|the|of)$/.test(lattice.word(place - 1))) return [];
  return lattice.scope.main.everyday.money.map((column) => ({
    kind: 'noun', noun: { type: 'column', column, namesHead: true }, start: place, end: place + 1, quality: 0.9,
    note: `I took ${columnLabel(column)} as the money.`,
  })); // prettier-ignore
}

/** `How much do people spend on cats?`: the money of those rows. */
function paid(lattice: Lattice, place: number): readonly Clause[] {
  const word = lattice.word(place);
  const isBroughtIn = lattice.roles(0, 'ask-much').length === 0 && word === 'take' && lattice.word(place + 1) === 'in';
  if (!(PAYING.has(word) || isBroughtIn) || !asksHowMuch(lattice)) return [];
  const isNamed = lattice.columns(place).some(({ column, quality }) => column.role === 'number' && quality >= NAMED);
  if (
    isNamed &&
    lattice.columns(place).length === 1 &&
    lattice.tokens.some((_, at) => at > place && lattice.columns(at).some(({ column }) => column.role === 'number'))
  )
    return [];
  const end = isBroughtIn ? place + 2 : place + 1;
  return meantMoney(lattice, place).map((column) => measure('sum', column, place, end, 0.9));
}

/** What we spend is a cost where the rows tell costs; what others spend is what we take. */
function meantMoney(lattice: Lattice, place: number) {
  const { spending } = lattice.scope.main.everyday;
  const isOurs = /^spen[dt]/.test(lattice.word(place)) || lattice.word(place - 1) === 'we';
  const earned = money(lattice);
  return isOurs && spending.length === 1 ? spending : earned;
}

/** `Who spends the most?`, `Which route earns the most?` */
function mostMoney(lattice: Lattice, place: number): readonly Clause[] {
  const word = lattice.word(place);
  const tellsMoney = PAYING.has(word) || (EARNING.has(word) && word !== 'made' && word !== 'make' && word !== 'makes');
  const next = lattice.after(place + 1, 2).find((at) => lattice.roles(at, 'most', 'least').length > 0);
  const compared = next !== undefined && lattice.roles(next, 'most', 'least').find(({ end }) => closes(lattice, end));
  if (!tellsMoney || !compared) return [];
  return meantMoney(lattice, place).map((column) => ({
    kind: 'noun', noun: { type: 'column', column, namesHead: true }, start: place, end: place + 1, quality: 0.9,
    note: `I took the sum of ${columnLabel(column)}.`,
  })); // prettier-ignore
}

/** Whether nothing follows of which there may be most. */
function closes(lattice: Lattice, place: number): boolean {
  const next = lattice.skip(place, 2);
  const isThing = lattice.columns(next).length + lattice.entities(next).length + lattice.values(next).length > 0;
  return next === place
    ? place >= lattice.length
    : !isThing || /^(?:with|in|on|at|from|for)$/.test(lattice.word(place));
}

/** `What does a vaccination cost?`: the average; `How much did it cost us?`: the sum. */
function priced(lattice: Lattice, place: number): readonly Clause[] {
  if (!COSTING.has(lattice.word(place)) || !asksHowMuch(lattice)) return [];
  const opening = lattice.roles(0, 'ask-much')[0]?.end ?? 1;
  const isEach = /^(?:does|do)$/.test(lattice.word(opening));
  const named = lattice.columns(place).filter(({ column, quality }) => column.role === 'number' && quality >= SURE);
  if (named.length > 1) return [];
  const columns = named.length > 0 ? named.map(({ column }) => column) : money(lattice);
  return columns.map((column) => measure(isEach ? 'avg' : 'sum', column, place, place + 1, 0.92));
}

/** `for free`, `were free`: where the only money may be nothing. */
function free(lattice: Lattice, place: number): readonly Clause[] {
  const text = [lattice.word(place), lattice.word(place + 1), lattice.word(place + 2)].join(' ');
  const words = /^(?:for free|for nothing|free of charge|at no cost|without paying)/.exec(text)?.[0];
  const isSaid = /^(?:is|are|was|were|be)$/.test(lattice.word(place - 1)) && lattice.word(place) === 'free';
  if (!words && !isSaid) return [];
  const end = place + (words ? words.split(' ').length : 1);
  return money(lattice)
    .filter(({ profile }) => Number(profile.min) === 0)
    .map((column) => ({
      kind: 'filter', filter: { kind: 'compare', column: planColumn(column), operator: '=', value: 0 }, column,
      start: place, end, quality: 0.9,
    })); // prettier-ignore
}

/** `our biggest spender`: by the money. */
function spenders(lattice: Lattice, place: number): readonly Clause[] {
  if (!/^(?:spender|earner|payer|buyer)s?$/.test(lattice.word(place)) || lattice.columns(place).length > 0) return [];
  const { spending, money: earned } = lattice.scope.main.everyday;
  const columns = spending.length === 1 ? spending : earned.length === 1 ? earned : [];
  return columns.map((column) => ({
    kind: 'noun', noun: { type: 'column', column, namesHead: true }, start: place, end: place + 1, quality: 0.85,
    note: `I took the sum of ${columnLabel(column)}.`,
  })); // prettier-ignore
}

/** `the dearest part bill` where a column tells what parts cost. */
function billed(lattice: Lattice, place: number): readonly Clause[] {
  return lattice
    .columns(place)
    .filter(({ column, end }) => column.role === 'number' && isMoney(column.unit) && SUMS.has(lattice.word(end)))
    .filter(({ end }) => lattice.columns(end).every(({ quality }) => quality < NAMED))
    .map(({ column, end, quality }) => ({
      kind: 'noun', noun: { type: 'column', column, namesHead: true }, start: place, end: end + 1, quality,
    })); // prettier-ignore
}
