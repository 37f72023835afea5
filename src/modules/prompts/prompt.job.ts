import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { InternalError } from '../../platform/errors/common-problems.js';
import { Problem } from '../../platform/errors/problem.js';
import { problemDocument } from '../../platform/http/problem-document.js';
import { newId } from '../../platform/ids.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import {
  type Job,
  JobCancelled,
  type JobContext,
  type JobHandler,
  JobQueue,
  LeaseLost,
} from '../../providers/job-queue/job-queue.js';
import { AccessHolds } from '../access/access-holds.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied } from '../access/errors.js';
import { Answers } from '../answers/answers.js';
import type { TurnResult } from '../answers/turn.js';
import { Authenticator } from '../auth/authenticator.js';
import type { StopReason } from '../runs/run-executor.js';
import { PromptCancelled, PromptNeedsAnswer } from './errors.js';
import { hasEnded, type PromptItem } from './prompt.js';
import { type PromptEnd, PromptsRepository } from './prompts.repository.js';

export const promptJobKind = 'prompts.process';

export interface PromptJobPayload {
  readonly request_id: string;
}

/**
 * Answers prompt requests. A request may be worked on more than once, when a process dies; only the attempt that was
 * begun last can end it, and it ends once.
 */
@Injectable()
export class PromptJob implements OnModuleInit, JobHandler<PromptJobPayload> {
  readonly kind = promptJobKind;
  readonly concurrency = 4;
  readonly perWorkspace = 3;
  readonly maxAttempts = 3;

  constructor(
    private readonly jobs: JobQueue,
    private readonly prompts: PromptsRepository,
    private readonly answers: Answers,
    private readonly authenticator: Authenticator,
    private readonly holds: AccessHolds,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  async run(context: JobContext<PromptJobPayload>): Promise<void> {
    const { workspace_id: workspaceId, payload } = context.job;
    const item = await this.prompts.find(workspaceId, payload.request_id);
    if (!item || hasEnded(item)) return;
    const attempt = newId('try');
    if (!(await this.prompts.claim(item, attempt))) throw new Error('The request changed while it was claimed.');
    await this.prompts.end(item, attempt, await this.work(context, item));
  }

  /** A job that was cancelled or given up ends its request, too. */
  async ended(job: Job<PromptJobPayload>, transaction: DatabaseTransaction): Promise<void> {
    transaction.afterCommit(() => void this.giveUp(job).catch((error: unknown) => this.log(error, job)));
  }

  private async giveUp({ workspace_id: workspaceId, payload, state }: Job<PromptJobPayload>): Promise<void> {
    const item = await this.prompts.find(workspaceId, payload.request_id);
    const problem = state === 'cancelled' ? new PromptCancelled('Its job was cancelled.') : new InternalError();
    if (item) await this.prompts.end(item, item.attempt, failed(problem));
  }

  /** How the request ends. Rejects when it is to be tried again. */
  private async work(context: JobContext<PromptJobPayload>, item: PromptItem): Promise<PromptEnd> {
    const stop = new AbortController();
    const stopWith = (reason: StopReason) => () => stop.abort(reason);
    const jobStopped = () => stop.abort(reasonOf(context.signal.reason));
    context.signal.addEventListener('abort', jobStopped, { once: true });
    let release = (): void => undefined;
    try {
      const caller = await this.authenticator.recall(item.caller);
      requireRights(caller);
      release = this.holds.hold(caller, stopWith('access-ended'));
      return endOf(await this.answer(context, item, caller, stop.signal));
    } catch (error) {
      context.signal.throwIfAborted();
      if (stop.signal.aborted) return failed(new PromptCancelled('You may no longer do what its answer needed.'));
      if (error instanceof Problem) return failed(error);
      throw error;
    } finally {
      release();
      context.signal.removeEventListener('abort', jobStopped);
    }
  }

  private answer(
    context: JobContext<PromptJobPayload>,
    item: PromptItem,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<TurnResult> {
    return this.answers.answer({
      runId: item.request_id,
      caller,
      signal,
      question: item.human_prompt,
      chatbotId: item.chatbot_id,
      history: [],
      emit: async (event) => {
        signal.throwIfAborted();
        if (event.type === 'step.started') context.report({ step: event.name });
      },
    });
  }

  private log(error: unknown, { payload }: Job<PromptJobPayload>): void {
    this.logger.error({ err: error, prompt_id: payload.request_id }, 'A prompt request could not be ended');
  }
}

function requireRights({ permissions }: Caller): void {
  for (const permission of ['chat:use', 'queries:run'] as const)
    if (!permissions.has(permission)) throw new PermissionDenied(permission);
}

function endOf(result: TurnResult): PromptEnd {
  if (result.kind === 'ask') return failed(new PromptNeedsAnswer(result.interrupt));
  const { content, provenance, query_id: queryId } = result.answer;
  const query = provenance?.queries.at(-1);
  const found = queryId ?? query?.query_id;
  return {
    status: 'PROCESSED',
    answer: content,
    ...(query && { sql: query.sql }),
    ...(found !== undefined && { query_id: found }),
  };
}

function failed(problem: Problem): PromptEnd {
  return { status: 'FAILED', error: JSON.stringify(problemDocument(problem)) };
}

function reasonOf(reason: unknown): StopReason {
  if (reason instanceof JobCancelled) return 'cancelled';
  return reason instanceof LeaseLost ? 'lost' : 'stopping';
}
