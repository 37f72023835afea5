import { isDeepStrictEqual } from 'node:util';
import { changePlan } from './follow-up.js';
import { Lattice } from './grammar/lattice.js';
import { type Parse, parses } from './grammar/parse.js';
import { refusalOf, weightOf } from './lexicon/small-words.js';
import { type Correction, correctSpelling } from './linking/correct-spelling.js';
import { joinPhrasalVerbs } from './linking/join-phrasal-verbs.js';
import { type Links, linkAll } from './linking/links.js';
import { scopeOf } from './linking/scope.js';
import type { Plan, PlanColumn } from './plan.js';
import type { Candidate } from './reading/candidate.js';
import { lostClauses } from './reading/kept.js';
import { plansOf } from './reading/plans.js';
import { readClauses } from './reading/reader.js';
import { readSchema, type Schema, type TableInfo } from './schema/schema.js';
import { writeSql } from './sql/write-sql.js';
import { type Token, tokenise } from './text/tokens.js';
import type { Answer, Clarification, ContextOptions, Coverage, Refusal, Translation } from './translation.js';
import { describePlan } from './wording/wording.js';

/** What questions are asked of, prepared once for each state of the catalog. */
export interface TranslationContext {
  readonly schema: Schema;
}

export interface TranslateOptions {
  /** What `last month` counts from; the present when absent. */
  readonly now?: Date;
}

interface Interpretation {
  readonly plan: Plan;
  readonly assumptions: readonly string[];
  readonly score: number;
  readonly confidence: number;
  readonly unexplained: readonly number[];
}

const MOST_SCOPES = 6;
/** A table that explains much less than the best one is not meant. */
const LEAST_WORTH = 0.6;
/** Below this nothing is answered. */
const LEAST_CONFIDENCE = 0.6;
/** Below this nothing is guessed either. */
const LEAST_GUESS = 0.45;
/** Interpretations this near to the best one are as good. */
const TIE = 0.06;
const MOST_OPTIONS = 4;
/** What each small word that was left out takes from the confidence. */
const EACH_IGNORED = 0.25;
/** What each word that says little takes from it, where all rows are counted. */
const EACH_PASSED = 0.25;
const FOLLOW_UP_CONFIDENCE = 0.8;

export function translationContext(options: ContextOptions): TranslationContext {
  return { schema: readSchema(options) };
}

/** Turns a question into SQL, a question back, or a refusal. Pure: the same question and context give the same result. */
export function translate(
  question: string,
  { schema }: TranslationContext,
  options: TranslateOptions = {},
): Translation {
  const refusal = refusalOf(question, schema.vocabulary.known.has('reason'));
  if (refusal) return declined(refusal, [], schema);
  const { tokens, corrections } = correctSpelling(joinPhrasalVerbs(tokenise(question), schema), schema);
  const interpretations = interpret(tokens, schema, options.now ?? new Date());
  const [best] = interpretations;
  const written = (places: readonly number[]) => places.map((place) => tokens[place]!.text);
  if (!best || best.unexplained.length > 0 || best.confidence < LEAST_CONFIDENCE) {
    const guessed = interpretations.filter(
      ({ unexplained, confidence: own }) => unexplained.length === 0 && own >= LEAST_GUESS,
    );
    if (best && guessed.includes(best)) return guess(guessed);
    const deed = best && unknownDeed(tokens, best);
    if (deed) return guess([best], `I do not know what "${deed}" means here. Do you mean this, whatever it is?`);
    return notUnderstood(best, written(best?.unexplained ?? []), schema);
  }
  const tied = interpretations.filter(
    ({ score, unexplained, confidence: own }) =>
      unexplained.length === 0 && score > best.score - TIE && own >= LEAST_CONFIDENCE,
  );
  const different = tied.filter(
    (each, index) => tied.findIndex((other) => isSameQuestion(each.plan, other.plan)) === index,
  );
  if (different.length > 1) return torn(different);
  return {
    kind: 'answer',
    sql: writeSql(best.plan, typesOf(schema)),
    plan: best.plan,
    understood: describePlan(best.plan),
    assumptions: [...corrections.map(correctionWords), ...best.assumptions],
    confidence: best.confidence,
    coverage: coverageOf(tokens, best),
  };
}

/**
 * Reads "and in Porto?", "only for 2023", "by month instead" as a change of the previous answer's plan. Undefined when
 * the question stands on its own: then `translate` it. Pure.
 */
export function rewriteFollowUp(
  question: string,
  previous: Plan,
  { schema }: TranslationContext,
  options: TranslateOptions = {},
): Answer | undefined {
  const changed = changePlan(question, previous, schema, options.now ?? new Date());
  if (!changed) return undefined;
  const { plan, assumptions } = changed;
  const words = tokenise(question).filter(({ lower }) => weightOf(lower) === 'content');
  return {
    ...answerOf(plan, { schema }),
    assumptions: ['I took this as a change of the question before.', ...assumptions],
    confidence: FOLLOW_UP_CONFIDENCE,
    coverage: { used: words.map(({ text }) => text), unused: [] },
  };
}

/** The answer that a plan gives, as when it is asked for once more. Pure. */
export function answerOf(plan: Plan, { schema }: TranslationContext): Answer {
  return {
    kind: 'answer',
    sql: writeSql(plan, typesOf(schema)),
    plan,
    understood: describePlan(plan),
    assumptions: [],
    confidence: 1,
    coverage: { used: [], unused: [] },
  };
}

/** Whether two plans list the same rows and differ at most in what they show of them. */
function isSameQuestion(one: Plan, other: Plan): boolean {
  const rows = ({ columns: _columns, ...rest }: Plan) => rest;
  return isDeepStrictEqual(rows(one), rows(other)) && one.columns.length > 0 === other.columns.length > 0;
}

/** A plan that a parse may mean, before it is judged. */
interface Reached extends Candidate {
  readonly parse: Parse;
  readonly score: number;
}

/** The best interpretation and those that come near it. */
function interpret(tokens: readonly Token[], schema: Schema, now: Date): readonly Interpretation[] {
  const reached = reach(tokens, schema, now).sort((one, other) => other.score - one.score);
  const byPlan = new Map<string, Interpretation>();
  for (const { parse, plan, assumptions, doubt, score } of reached) {
    const key = JSON.stringify({ ...plan, filters: plan.filters.map((each) => JSON.stringify(each)).sort() });
    if (byPlan.has(key)) continue;
    // A plan that drops words keeps its rank, so that no worse reading is answered instead of it.
    const lost = lostClauses(parse.clauses, plan);
    const { unexplained } = parse;
    const passed = countsAll(plan) ? EACH_PASSED * Math.max(0, passedWords(parse, tokens) - 1) : 0;
    const sure = confidence(parse, tokens, doubt + lost + passed);
    byPlan.set(key, { plan, assumptions, score, confidence: sure, unexplained });
  }
  return [...byPlan.values()];
}

/** Whether a plan only counts all rows: words that say little may then have said what was to be counted. */
function countsAll({ measures, filters, dimensions, having, order }: Plan): boolean {
  const isCount = measures.length === 1 && measures[0]!.aggregate.startsWith('count');
  return isCount && filters.length + dimensions.length + having.length + order.length === 0;
}

function passedWords({ clauses }: Parse, tokens: readonly Token[]): number {
  const isTold = (place: number) => clauses.some(({ start, end }) => start <= place && place < end);
  return tokens.filter(({ lower, kind }, place) => kind === 'word' && weightOf(lower) === 'light' && !isTold(place))
    .length;
}

function reach(tokens: readonly Token[], schema: Schema, now: Date): Reached[] {
  const links = linkAll(tokens, schema);
  const reached: Reached[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const main of likelyTables(schema, links)) {
    const scope = scopeOf(main, schema);
    for (const parse of parses(new Lattice(tokens, scope, links, now))) {
      // No plan of this parse or of those after it can come near the best one.
      if (parse.score < best - TIE) break;
      for (const candidate of plansOf(readClauses(parse.clauses), scope)) {
        const score = parse.score - candidate.penalty;
        if (score < best - TIE) continue;
        best = Math.max(best, score);
        reached.push({ ...candidate, parse, score });
      }
    }
  }
  return reached.filter(({ score }) => score >= best - TIE);
}

/** How well the words are explained, less what had to be guessed. */
function confidence({ clauses, unexplained, ignored }: Parse, tokens: readonly Token[], penalty: number): number {
  let worth = unexplained.length;
  let explained = 0;
  for (const { start, end, quality } of clauses) {
    const telling = tokens
      .slice(start, end)
      .filter(({ lower, kind }) => kind !== 'comma' && weightOf(lower) === 'content').length;
    worth += telling;
    explained += telling * quality;
  }
  const share = worth === 0 ? 0.7 : Math.min(1, explained / worth);
  return Math.max(0, share - penalty - EACH_IGNORED * ignored);
}

/** The tables that explain most words, each taken as the one whose rows are spoken of. */
function likelyTables(schema: Schema, { columns, entities, values }: Links): readonly TableInfo[] {
  const worth = (main: TableInfo) => {
    const { paths, children } = scopeOf(main, schema);
    const near = new Set([...paths.keys(), ...children.map(({ from }) => from.table)]);
    const places = new Map<number, number>();
    const note = (table: TableInfo, place: number, quality: number) => {
      if (!near.has(table)) return;
      const own = quality * (table === main ? 1 : 0.9);
      places.set(place, Math.max(places.get(place) ?? 0, own));
    };
    for (const { column, start, quality } of [...columns, ...values]) note(column.table, start, quality);
    for (const { table, start, quality } of entities) note(table, start, quality + (table === main ? 0.2 : 0));
    return [...places.values()].reduce((sum, each) => sum + each, 0);
  };
  const ranked = schema.tables
    .map((table) => ({ table, worth: worth(table) }))
    .sort((one, other) => other.worth - one.worth);
  const least = (ranked[0]?.worth ?? 0) * LEAST_WORTH;
  return ranked
    .slice(0, MOST_SCOPES)
    .filter((each) => each.worth >= least)
    .map(({ table }) => table);
}

function typesOf({ tables }: Schema): (column: PlanColumn) => TableInfo['columns'][number]['type'] | undefined {
  return ({ table, column }) =>
    tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)?.type;
}

/** Not sure enough to answer, but near enough to ask. */
function guess(
  tied: readonly Interpretation[],
  question = 'I am not sure that I understood the question. Do you mean one of these?',
): Clarification {
  return { ...torn(tied), question };
}

const DOERS = new Set(['who', 'we', 'they', 'people', 'you', 'it', 'customers', 'clients', 'users', 'guests']);
/** What the rest of a question must be worth to be asked about without its verb. */
const LEAST_REST = 0.35;

/** The only word that nothing explains, where it says what somebody does: rows tell deeds, so it may limit nothing. */
function unknownDeed(tokens: readonly Token[], { unexplained, confidence: own }: Interpretation): string | undefined {
  const [place, other] = unexplained;
  if (place === undefined || other !== undefined || own < LEAST_REST) return undefined;
  return DOERS.has(tokens[place - 1]?.lower ?? '') ? tokens[place]!.text : undefined;
}

function torn(tied: readonly Interpretation[]): Clarification {
  const plans = tied.slice(0, MOST_OPTIONS).map(({ plan }) => plan);
  const short = new Set(plans.map((plan) => describePlan(plan)));
  const options = short.size === plans.length ? short : new Set(plans.map((plan) => describePlan(plan, true)));
  return {
    kind: 'clarify',
    question: 'This can be understood in several ways. Which do you mean?',
    options: [...options].map((text) => ({ label: text, question: text })),
  };
}

function notUnderstood(best: Interpretation | undefined, unknownWords: readonly string[], schema: Schema): Refusal {
  if (unknownWords.length > 0) {
    const words = unknownWords.map((word) => `"${word}"`).join(', ');
    return declined(`I found nothing in the tables that ${words} could mean.`, unknownWords, schema);
  }
  const guess = best && best.confidence > 0.3 ? ` The nearest I can do is: ${describePlan(best.plan)}.` : '';
  return declined(`I did not understand the question well enough to answer it.${guess}`, [], schema);
}

function declined(reason: string, unknownWords: readonly string[], { tables }: Schema): Refusal {
  return { kind: 'decline', reason, unknownWords, suggestions: tables.slice(0, 3).flatMap(suggestionsFor).slice(0, 4) };
}

function suggestionsFor({ name, columns }: TableInfo): readonly string[] {
  const table = name.replaceAll('_', ' ');
  const group = columns.find(
    ({ role, profile }) => role === 'text' && (profile.distinct ?? 0) > 1 && (profile.distinct ?? 0) <= 50,
  );
  const amounts = columns.filter(({ role }) => role === 'number');
  const amount = amounts.find(({ additive, intensive }) => additive || intensive) ?? amounts[0];
  const words = (column: (typeof columns)[number]) => column.name.replaceAll('_', ' ');
  return [
    group ? `number of ${table} by ${words(group)}` : `how many ${table} are there`,
    ...(amount ? [`average ${words(amount)}${group ? ` by ${words(group)}` : ''}`] : []),
  ];
}

function correctionWords({ written, read }: Correction): string {
  return `I read "${written}" as "${read}".`;
}

function coverageOf(tokens: readonly Token[], { unexplained }: Interpretation): Coverage {
  const telling = tokens.map(({ text, lower }, place) => ({ text, place, tells: weightOf(lower) === 'content' }));
  const isUnused = (place: number) => unexplained.includes(place);
  return {
    used: telling.filter(({ tells, place }) => tells && !isUnused(place)).map(({ text }) => text),
    unused: telling.filter(({ tells, place }) => tells && isUnused(place)).map(({ text }) => text),
  };
}
