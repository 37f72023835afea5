import type { Plan } from '../../translator/plan.js';
import type { Caller } from '../access/caller.js';
import type { ResolvedChatbot } from '../chatbots/chatbot.js';
import type { RunContext } from '../runs/run-executor.js';
import type { Interrupt, RunEventBody } from '../runs/run-event.js';
import type { CatalogContext } from './catalog-contexts.js';
import { type ChartSpec } from './domain/chart.js';
import type { Compared } from './domain/agreement.js';
import { addUsage, type ModelUsage, type Policies, type Provenance, type QuerySource } from './domain/provenance.js';
import type { Check } from './domain/check.js';
import type { DocumentSource } from './domain/document-sources.js';
import type { ResultTable } from './domain/result-table.js';

/** An answer, with all that its message carries. */
export interface Answer {
  readonly content: string;
  readonly provenance?: Provenance;
  readonly chart?: ChartSpec | undefined;
  readonly query_id?: string | undefined;
  readonly follow_ups?: readonly string[];
}

/** What came of a turn, or of a part of it: an answer, or a question back, with what is needed to go on. */
export type TurnResult =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'ask'; readonly interrupt: Omit<Interrupt, 'interrupt_id'>; readonly state: unknown };

/** An earlier message of the conversation. */
export interface SaidBefore {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** What the answer rests on, where the built-in translator gave it. */
  readonly plan?: Plan | undefined;
}

/** What one answer may take of queries. */
export interface QueryLimits {
  /** Queries that may be executed. */
  readonly queries: number;
  /** Statements that may be corrected after they were refused or failed. */
  readonly repairs: number;
}

export interface TurnOptions {
  readonly limits: QueryLimits;
  /** Under which rights and limits it is answered. */
  readonly policies: Policies;
  readonly question: string;
  readonly chatbot: ResolvedChatbot;
  readonly catalog: CatalogContext;
  readonly history: readonly SaidBefore[];
}

/** How long events are gathered that nobody waits for: a quick answer's first words take them along. */
const gatherMs = 100;

/** One question on its way to its answer: who asks, of what, and what has been found so far. */
export class Turn {
  /** As it was asked. */
  readonly question: string;
  readonly chatbot: ResolvedChatbot;
  readonly catalog: CatalogContext;
  readonly history: readonly SaidBefore[];
  /** Queries that were run, and their results, in the same order. */
  readonly queries: QuerySource[] = [];
  readonly results: ResultTable[] = [];
  /** Passages of documents that were found, by their numbers. */
  readonly documents: DocumentSource[] = [];
  readonly checks: Check[] = [];
  readonly assumptions: string[] = [];
  readonly limits: QueryLimits;
  readonly policies: Policies;
  /** What language models have used for it; undefined while none has. */
  usage: ModelUsage | undefined;
  /** Other statements for the same question, with what they found; undefined while none was needed. */
  compared: Compared | undefined;
  /** Queries that were begun. */
  executed = 0;
  /** Whether its reader has seen any text. */
  hasSpoken = false;
  private readonly mentioned: RunEventBody[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: Pick<RunContext, 'caller' | 'emit'> & { readonly runId: string },
    readonly signal: AbortSignal,
    { question, chatbot, catalog, history, limits, policies }: TurnOptions,
  ) {
    this.limits = limits;
    this.policies = policies;
    this.question = question;
    this.chatbot = chatbot;
    this.catalog = catalog;
    this.history = history;
  }

  get caller(): Caller {
    return this.context.caller;
  }

  get runId(): string {
    return this.context.runId;
  }

  emit(event: RunEventBody): Promise<void> {
    this.tell();
    this.hasSpoken ||= event.type === 'text.delta';
    return this.context.emit(event);
  }

  /** Tells of something with whatever else comes within a moment: nobody waits until it is recorded. */
  mention(event: RunEventBody): void {
    this.mentioned.push(event);
    this.timer ??= setTimeout(() => this.tell(), gatherMs);
  }

  /** Tells at once what was mentioned. To be called at the end. */
  tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    // A run that has been stopped takes no more events, and needs none.
    for (const event of this.mentioned.splice(0)) void this.context.emit(event).catch(() => undefined);
  }

  tellUsage(usage: ModelUsage): void {
    this.usage = addUsage(this.usage, usage);
    this.mention({ type: 'usage', ...usage });
  }

  /** A part of the work that its user can see. */
  async step<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
    this.mention({ type: 'step.started', name });
    try {
      return await work();
    } finally {
      this.mention({ type: 'step.finished', name });
    }
  }

  note(checks: readonly Check[]): void {
    this.checks.push(...checks);
    for (const check of checks) this.mention({ type: 'check', ...check });
  }
}
