import { Injectable } from '@nestjs/common';
import { nearest } from '../../providers/query-engine/dialect/nearest.js';
import { Clock } from '../../providers/clock/clock.js';
import { translate } from '../../translator/translate.js';
import type { Answer as Translated, Clarification, Refusal } from '../../translator/translation.js';
import { AnswerQueries, type PreparedQuery } from './answer-queries.js';
import { chartOf } from './domain/chart.js';
import { followUps } from './domain/follow-ups.js';
import { inertText } from './domain/inert-text.js';
import { listed } from './domain/plan-words.js';
import type { Provenance } from './domain/provenance.js';
import { fillIn } from './domain/references.js';
import { checkResult } from './domain/result-checks.js';
import type { ResultTable } from './domain/result-table.js';
import { sayResult } from './domain/say-result.js';
import { AnswerTooExpensive } from './errors.js';
import type { Turn, TurnResult } from './turn.js';

/** What the built-in path leaves behind when it asks its user. */
export type BuiltinState =
  | { readonly path: 'builtin'; readonly asked: 'clarify'; readonly round: number }
  | { readonly path: 'builtin'; readonly asked: 'approve'; readonly translated: Translated };

const mostRounds = 3;
const answerWithinMs = 24 * 3600_000;

/** Answers without a language model: what the translator does not understand it does not answer. */
@Injectable()
export class BuiltinAnswers {
  constructor(
    private readonly queries: AnswerQueries,
    private readonly clock: Clock,
  ) {}

  async answer(turn: Turn, question = turn.question, round = 1): Promise<TurnResult> {
    const now = this.clock.now();
    const translation = await turn.step('plan', () => translate(question, turn.catalog.translation, { now }));
    if (translation.kind === 'decline') return said(sayRefusal(translation, turn));
    if (translation.kind === 'answer') return this.run(turn, translation);
    if (round > mostRounds) return said(sayTooTorn(translation));
    return this.clarify(translation, round);
  }

  /** Goes on with what the user chose. */
  resume(turn: Turn, state: BuiltinState, value: string): Promise<TurnResult> {
    if (state.asked === 'clarify') return this.answer(turn, value, state.round + 1);
    if (value === 'approve') return this.run(turn, state.translated, true);
    return Promise.resolve(said('I did not run the query. Ask for less, or for something else.'));
  }

  private clarify({ question, options }: Clarification, round: number): TurnResult {
    const state: BuiltinState = { path: 'builtin', asked: 'clarify', round };
    return {
      kind: 'ask',
      interrupt: {
        kind: 'clarify',
        question,
        options: options.map((each) => ({ value: each.question, label: each.label })),
        expires_at: this.expiry(),
      },
      state,
    };
  }

  private async run(turn: Turn, translated: Translated, approved = false): Promise<TurnResult> {
    const prepared = await turn.step('check', () => this.queries.prepare(turn, translated));
    const asked = this.gate(prepared, translated, approved);
    if (asked) return asked;
    const asksForLimit = translated.plan.limit !== undefined;
    const result = await turn.step('execute', () => this.queries.run(turn, prepared, asksForLimit));
    await turn.note(checkResult(result));
    turn.assumptions.push(...translated.assumptions);
    return this.summarise(turn, translated, result);
  }

  private gate({ estimate }: PreparedQuery, translated: Translated, approved: boolean): TurnResult | undefined {
    const { decision, reasons } = estimate;
    if (decision === 'refuse') throw new AnswerTooExpensive(reasons);
    if (decision === 'allow' || approved) return undefined;
    const state: BuiltinState = { path: 'builtin', asked: 'approve', translated };
    return { kind: 'ask', interrupt: approval(reasons, this.expiry()), state };
  }

  private async summarise(turn: Turn, { plan, understood }: Translated, result: ResultTable): Promise<TurnResult> {
    const { question, catalog } = turn;
    const filled = fillIn(sayResult(plan, result), turn.results);
    const chart = chartOf(result);
    if (chart) await turn.emit({ type: 'chart', spec: chart });
    const follow_ups = followUps(plan, question, catalog.tables, catalog.translation);
    const provenance: Provenance = {
      ...provenanceOf(turn),
      understood,
      plan,
      model: { provider: 'builtin' },
      cells: filled.sources,
    };
    const content = [filled.text, ...assumptionsOf(turn)].join('\n\n');
    return { kind: 'answer', answer: { content, provenance, chart, query_id: result.queryId, follow_ups } };
  }

  private expiry(): string {
    return new Date(this.clock.now().getTime() + answerWithinMs).toISOString();
  }
}

export function approval(reasons: readonly string[], expiresAt: string) {
  return {
    kind: 'approve',
    question: `${reasons.join(' ')} Shall I run it?`,
    options: [
      { value: 'approve', label: 'Run it' },
      { value: 'decline', label: 'Do not run it' },
    ],
    expires_at: expiresAt,
  } as const;
}

/** What all answers that rest on queries say of themselves. */
export function provenanceOf({
  question,
  assumptions,
  chatbot,
  queries,
  checks,
}: Turn): Omit<Provenance, 'model' | 'cells'> {
  const { id, version } = chatbot;
  return { question, assumptions, chatbot: { id, version }, queries, checks };
}

export function assumptionsOf({ assumptions }: Turn): readonly string[] {
  if (assumptions.length === 0) return [];
  if (assumptions.length === 1) return [`Assumed: ${inertText(assumptions[0]!)}`];
  return [['Assumed:', ...assumptions.map((each) => `- ${inertText(each)}`)].join('\n')];
}

function said(content: string): TurnResult {
  return { kind: 'answer', answer: { content } };
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
