import { Injectable } from '@nestjs/common';
import { nearest } from '../../providers/query-engine/dialect/nearest.js';
import { Clock } from '../../providers/clock/clock.js';
import { answerOf, rewriteFollowUp, translate } from '../../translator/translate.js';
import type { Answer as Translated, Clarification, Refusal } from '../../translator/translation.js';
import { SqlRefused } from '../queries/errors.js';
import { approval, expiryAfter, notRun, provenanceOf, repairCheck, said, withAssumptions } from './answer-parts.js';
import { AnswerQueries } from './answer-queries.js';
import { DocumentPassages } from './document-passages.js';
import type { CatalogContext } from './catalog-contexts.js';
import { chartAsked } from './domain/chart.js';
import { type ChartRequest, readChartRequest, redrawsOnly } from './domain/chart-request.js';
import { followUps } from './domain/follow-ups.js';
import { inertText } from './domain/inert-text.js';
import { listed } from './domain/plan-words.js';
import type { Provenance } from './domain/provenance.js';
import { fillIn } from './domain/references.js';
import type { ResultTable } from './domain/result-table.js';
import { sayResult } from './domain/say-result.js';
import { nearestValues } from './domain/relink.js';
import type { Turn, TurnResult } from './turn.js';

/** A translation with the question that it stands for. */
interface Understood extends Translated {
  readonly question: string;
}

/** What the built-in path leaves behind when it asks its user. */
export type BuiltinState =
  | { readonly path: 'builtin'; readonly asked: 'clarify'; readonly round: number }
  | { readonly path: 'builtin'; readonly asked: 'approve'; readonly translated: Understood };

const mostRounds = 3;

const tablesUnclear =
  'I am not sure what this would ask of the tables: the questions that follow are what I could look up.';

/** Answers without a language model: what the translator does not understand it does not answer. */
@Injectable()
export class BuiltinAnswers {
  constructor(
    private readonly queries: AnswerQueries,
    private readonly passages: DocumentPassages,
    private readonly clock: Clock,
  ) {}

  async answer(turn: Turn, question = turn.question, round = 1): Promise<TurnResult> {
    const translation = await turn.step('plan', () => this.translate(turn, question));
    if (translation.kind === 'answer') return this.run(turn, translation);
    if (translation.kind === 'clarify') return this.askWhich(turn, translation, round);
    const torn = round > mostRounds ? undefined : this.tornBetweenValues(turn, question, translation);
    if (torn) return this.askWhich(turn, torn, round);
    const fromDocuments = await this.passages.answer(turn, 'half', { before: 'I know no table that answers this. ' });
    return fromDocuments ? { kind: 'answer', answer: fromDocuments } : said(sayRefusal(translation, turn));
  }

  /** Goes on with what the user chose. */
  resume(turn: Turn, state: BuiltinState, value: string): Promise<TurnResult> {
    if (state.asked === 'clarify') return this.answer(turn, value, state.round + 1);
    if (value === 'approve') return this.run(turn, state.translated, true);
    return Promise.resolve(said(notRun));
  }

  /** As a change of the answer before, where the question is one; else for itself. */
  private translate({ history, catalog }: Turn, text: string): Understood | Clarification | Refusal {
    const options = { now: this.clock.now() };
    const request = chartRequest(text, catalog);
    const { question } = request;
    const previous = history.findLast(({ plan }) => plan)?.plan;
    if (previous?.tables.every((name) => catalog.tables.some(({ table }) => table === name))) {
      if (redrawsOnly(request)) return understoodAs(answerOf(previous, catalog.translation));
      const changed = rewriteFollowUp(question, previous, catalog.translation, options);
      if (changed) return understoodAs(changed);
    }
    const translation = translate(question, catalog.translation, options);
    return translation.kind === 'answer' ? { ...translation, question } : translation;
  }

  /** One word is stored nowhere, while several values are nearly it: whoever asks knows which is meant. */
  private tornBetweenValues(turn: Turn, question: string, { unknownWords }: Refusal): Clarification | undefined {
    const [word] = unknownWords;
    if (word === undefined || unknownWords.length > 1) return undefined;
    const options = nearestValues(word, turn.catalog.values)
      .map((value) => ({ label: value, question: question.replaceAll(word, value) }))
      .filter((each) => this.translate(turn, each.question).kind === 'answer');
    if (options.length < 2) return undefined;
    return { kind: 'clarify', question: `"${inertText(word)}" is stored nowhere. Which do you mean?`, options };
  }

  /** Documents that have what was asked say it at once; what tables might know of it can be asked next. */
  private async askWhich(turn: Turn, torn: Clarification, round: number): Promise<TurnResult> {
    const isNew = round === 1;
    const fromDocuments = isNew ? await this.passages.answer(turn, 'most', { behind: tablesUnclear }) : undefined;
    if (fromDocuments) {
      const follow_ups = torn.options.map((each) => each.question);
      return { kind: 'answer', answer: { ...fromDocuments, follow_ups } };
    }
    if (round > mostRounds || torn.options.length === 0) return said(sayTooTorn(torn));
    return this.clarify(torn, round);
  }

  private clarify({ question, options }: Clarification, round: number): TurnResult {
    const state: BuiltinState = { path: 'builtin', asked: 'clarify', round };
    return {
      kind: 'ask',
      interrupt: {
        kind: 'clarify',
        question,
        options: options.map((each) => ({ value: each.question, label: each.label })),
        expires_at: expiryAfter(this.clock.now()),
      },
      state,
    };
  }

  private async run(turn: Turn, translated: Understood, approved = false): Promise<TurnResult> {
    try {
      return await this.execute(turn, translated, approved);
    } catch (error) {
      const other = error instanceof SqlRefused && this.repaired(turn, translated, error);
      if (!other) throw error;
      return this.execute(turn, other, false);
    }
  }

  private async execute(turn: Turn, translated: Understood, approved: boolean): Promise<TurnResult> {
    const prepared = await this.queries.prepare(turn, translated);
    const reasons = this.queries.reasonsToAsk(prepared);
    if (reasons && !approved) {
      const state: BuiltinState = { path: 'builtin', asked: 'approve', translated };
      return { kind: 'ask', interrupt: approval(reasons, expiryAfter(this.clock.now())), state };
    }
    const { result } = await this.queries.executeLinked(turn, prepared, translated.plan.limit !== undefined);
    turn.assumptions.push(...translated.assumptions, ...leftOut(translated));
    return turn.step('summarise', () => this.summarise(turn, translated, result));
  }

  /**
   * The tables may have changed since the question was understood, as while its user was asked: it is read once more, as
   * they are now. Undefined when that gives the same statement, or none.
   */
  private repaired(turn: Turn, { question, sql }: Understood, { fault }: SqlRefused): Understood | undefined {
    turn.note([repairCheck(fault)]);
    const again = this.translate(turn, question);
    return again.kind === 'answer' && again.sql !== sql ? again : undefined;
  }

  private async summarise(
    turn: Turn,
    { plan, understood, question }: Understood,
    result: ResultTable,
  ): Promise<TurnResult> {
    const { catalog } = turn;
    const filled = fillIn(sayResult(plan, result), turn.results);
    const chart = chartAsked(result, chartRequest(turn.question, catalog).mark);
    if (chart) turn.mention({ type: 'chart', spec: chart });
    const follow_ups = followUps(plan, question, catalog.tables, catalog.translation);
    const { content, documents } = await this.passages.beside(turn, withAssumptions(filled.text, turn));
    const provenance: Provenance = {
      ...provenanceOf(turn),
      ...(documents && { documents }),
      question,
      understood,
      plan,
      model: { provider: 'builtin' },
      cells: filled.sources,
    };
    return { kind: 'answer', answer: { content, provenance, chart, query_id: result.queryId, follow_ups } };
  }
}

/** A follow-up stands on its own in the words of its plan. */
function understoodAs(changed: Translated): Understood {
  return { ...changed, question: changed.understood };
}

function chartRequest(question: string, { tables }: CatalogContext): ChartRequest {
  return readChartRequest(
    question,
    tables.flatMap(({ table, columns }) => [table, ...columns.map(({ name }) => name)]),
  );
}

function leftOut({ coverage: { unused } }: Translated): readonly string[] {
  return unused.length === 0 ? [] : [`I left out ${listed(unused.map((word) => `"${word}"`))}.`];
}

function sayRefusal({ reason, unknownWords, suggestions }: Refusal, { catalog }: Turn): string {
  const closed = catalog.others.filter((table) =>
    unknownWords.some((word) => table.split('_').includes(word.toLowerCase())),
  );
  const names = catalog.tables.flatMap(({ table, columns }) => [table, ...columns.map(({ name }) => name)]);
  const near = [...new Set(unknownWords.flatMap((word) => nearest(word, names)))].slice(0, 5);
  return [
    inertText(reason),
    ...(closed.length > 0 ? [`This chatbot may not see ${listed(closed.map(inertText))}.`] : []),
    ...(near.length > 0 ? [`The nearest names are ${listed(near.map(inertText))}.`] : []),
    ...(suggestions.length > 0
      ? [`You could ask:\n${suggestions.map((each) => `- ${inertText(each)}`).join('\n')}`]
      : []),
    ...(catalog.tables.length === 0 ? ['There are no tables yet: upload a CSV file and publish it.'] : []),
  ].join('\n\n');
}

function sayTooTorn({ question, options }: Clarification): string {
  return [
    inertText(question),
    ...options.map(({ label }) => `- ${inertText(label)}`),
    'Please ask again in the words of one of these.',
  ].join('\n');
}
