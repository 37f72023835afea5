import { type AskedKind, isGetting, namesKind } from '../lexicon/asked-kinds.js';
import type { ValueLink } from '../linking/links.js';
import type { ColumnInfo } from '../schema/columns.js';
import { root } from '../text/stem.js';
import type { Clause } from './clause.js';
import { DOING } from './idiom-parts.js';
import type { Lattice } from './lattice.js';

/** What each word may ask for, the first kind that the table has. */
const ASKED: Readonly<
  Record<string, { readonly ask: 'who' | 'where' | 'which'; readonly kinds: readonly AskedKind[] }>
> = {
  who: { ask: 'who', kinds: ['doer', 'other', 'body'] },
  whom: { ask: 'who', kinds: ['doer', 'other', 'body'] },
  where: { ask: 'where', kinds: ['place'] },
  what: { ask: 'which', kinds: ['thing', 'class'] },
  how: { ask: 'which', kinds: ['manner'] },
};
/** `customer_type` tells no customers apart. */
const SORTS = /^(?:type|category|class|segment|group|status|source|tier|level|kind)$/;
/** From here on a word rather names a column. */
const NAMED = 0.8;
/** Columns of more texts than this name rows rather than tell them apart. */
const MOST_TEXTS = 0.5;

/** `Who wrote the most tickets?` asks for the column of people, `Where …` for one of places, `What … most?` for one of things. */
export function interrogatives(lattice: Lattice, place: number): readonly Clause[] {
  const asked = ASKED[lattice.word(place)];
  const { main } = lattice.scope;
  if (!asked || (main.personal && asked.ask === 'who' && !countsPersons(lattice, place))) return [];
  const isGroup = lattice.word(place - 1) === 'by';
  if (!isGroup && !(lattice.isOpening(place) && asksForGroups(lattice, place, asked.ask))) return [];
  return candidates(lattice, asked.ask, asked.kinds).map((column) => ({
    kind: 'asked', ask: asked.ask, column, start: place, end: place + 1, quality: 1,
  })); // prettier-ignore
}

/** `who sees the most patients` asks for no patient. */
function countsPersons(lattice: Lattice, place: number): boolean {
  return lattice.tokens.some(
    (_, at) =>
      at > place &&
      lattice
        .roles(at, 'most', 'least')
        .some(
          ({ end }) => lattice.entities(end).length > 0 || lattice.scope.main.everyday.people.has(lattice.word(end)),
        ),
  );
}

/** A place or a thing is asked for where groups are compared; else the words name a column themselves. */
function asksForGroups(lattice: Lattice, place: number, ask: 'who' | 'where' | 'which'): boolean {
  if (ask === 'who' && lattice.scope.main.personal) return true;
  if (ask === 'who') return lattice.tokens.every((_, at) => lattice.entities(at).every(({ table }) => !table.personal));
  const compares = lattice.tokens.some((_, at) => at > place && isSuperlative(lattice, at));
  if (lattice.word(place) === 'how') return compares && DOING.has(lattice.word(place + 1));
  const last = lattice.word(lattice.length - 1);
  if (ask === 'where') return compares || last === 'from';
  const names = lattice.columns(place + 1).some(({ column, quality }) => column.role === 'text' && quality >= NAMED);
  const nameless = !names && lattice.entities(place + 1).every(({ quality }) => quality < NAMED);
  return (compares || last === 'for' || last === 'about') && nameless && !namesUnit(lattice, place + 1);
}

/** `what hour`, `what time of day`, `what kind of`, `what is` ask for something else. */
function namesUnit(lattice: Lattice, place: number): boolean {
  const units = ['year', 'decade', 'quarter', 'month', 'week', 'day', 'weekday', 'hour', 'share', 'be'] as const;
  return lattice.roles(place, ...units).length > 0 || /^(?:time|kinds?|types?|sorts?)$/.test(lattice.word(place));
}

function isSuperlative(lattice: Lattice, place: number): boolean {
  return (
    lattice.roles(place, 'most', 'least', 'common', 'rare').length > 0 ||
    lattice.adjectives(place).some(({ degree }) => degree === 'superlative')
  );
}

function candidates(lattice: Lattice, ask: string, kinds: readonly AskedKind[]): readonly ColumnInfo[] {
  const { columns, rows } = lattice.scope.main;
  const texts = columns.filter((column) => {
    const isTold = column.role === 'text' || (column.role === 'id' && ask === 'who' && namesPerson(column, lattice));
    return isTold && !column.unique && (column.profile.distinct ?? rows) < Math.max(2, rows * MOST_TEXTS);
  });
  // Whoever says `dogs` does not ask for the species.
  const told = new Set(
    lattice.tokens.flatMap((_, at) =>
      lattice
        .values(at)
        .filter(isSure)
        .map(({ column }) => column),
    ),
  );
  const words = lattice.tokens.map(({ lower }) => lower);
  const isLast = lattice.word(lattice.length - 1) === 'from';
  const wanted: readonly AskedKind[] =
    ask === 'where' && isLast
      ? ['origin', 'place']
      : ask === 'who' && words.some((word) => isGetting(word))
        ? words.some((word) => isGetting(word, true))
          ? ['other', 'body']
          : ['other', 'doer', 'body']
        : kinds;
  for (const kind of wanted) {
    const found = texts.filter(
      (column) =>
        !told.has(column) &&
        (namesKind(column.words.at(-1)!.word, kind) ||
          (namesKind(column.head.word, kind) && !SORTS.test(column.words.at(-1)!.word))),
    );
    const named = found.filter(({ role }) => role === 'text');
    if (named.length > 0) found.splice(0, found.length, ...named);
    const done = found.filter(({ words: named }) =>
      named.some((each) => lattice.tokens.some(({ lower }) => root(lower) === each.root)),
    );
    if (done.length > 0) return done;
    if (found.length > 0) return ask === 'where' ? finest(found) : found;
  }
  return [];
}

/** `donor_id` where no other table tells who that is. */
function namesPerson(column: ColumnInfo, { scope }: Lattice): boolean {
  const isKey = [...scope.paths.values()].some((path) => path[0]?.from === column);
  const [first] = column.words;
  return !isKey && first !== undefined && (namesKind(first.word, 'other') || namesKind(first.word, 'doer'));
}

function isSure({ quality }: ValueLink): boolean {
  return quality >= NAMED;
}

/** Of places within places the one that tells most. */
function finest(columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  const distinct = ({ profile }: ColumnInfo) => profile.distinct ?? 0;
  const most = Math.max(...columns.map(distinct));
  return columns.filter((column) => distinct(column) === most);
}
