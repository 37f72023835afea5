import { Inject, Injectable } from '@nestjs/common';
import { type Method, type Step, steps } from '../../interviews/analysis.js';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { problemDocument } from '../../platform/http/problem-document.js';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { Clock } from '../../providers/clock/clock.js';
import type { ItemKey } from '../../providers/item-store/item-store.js';
import { JobQueue } from '../../providers/job-queue/job-queue.js';
import { LanguageModels } from '../../providers/language-model/language-models.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { Authenticator } from '../auth/authenticator.js';
import { AnalysisEvents } from './analysis-events.js';
import {
  analysisKey,
  type AnalysisRequest,
  folderOf,
  hasEnded,
  type Source,
  workspaceStatus,
} from './analysis-request.js';
import {
  AcceptedAnalysis,
  AnalysisPage,
  AnalysisStatusAnswer,
  CreateAnalysis,
  ListAnalyses,
  RetryAnalysis,
} from './analysis.dto.js';
import { AnalysisRepository } from './analysis.repository.js';
import { AnalysisWatch } from './analysis-watch.js';
import { currentStep, fail, mayRetry, newSteps, retryFrom, type Transition } from './domain/progress.js';
import { shownStatus, shownSummary } from './domain/shown.js';
import {
  AnalysisCancelled,
  AnalysisChanged,
  AnalysisEnded,
  AnalysisNotFound,
  AnalysisNotRetryable,
  AnalysisUnderWay,
} from './errors.js';
import { InterviewSources } from './interview-sources.js';

/** Somebody else may change an analysis while it is changed here; so often it is looked at again. */
const changeAttempts = 10;
const longestReference = 4000;

/** Interviews that have come, and what is to be done with them. */
export interface Received extends Pick<CreateAnalysis, 'title' | 'method'> {
  readonly sources: readonly Source[];
  /** What was given; of several interviews all, separated by commas. */
  readonly research_data: string;
}

/** Analyses as their users ask for them, see them, cancel and retry them. */
@Injectable()
export class AnalysisService {
  constructor(
    private readonly analyses: AnalysisRepository,
    private readonly sources: InterviewSources,
    private readonly watch: AnalysisWatch,
    private readonly events: AnalysisEvents,
    private readonly jobs: JobQueue,
    @Inject(LanguageModels) private readonly models: LanguageModels,
    private readonly authenticator: Authenticator,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Accepts an analysis of what the workspace has already: it will end, whatever dies. */
  async create(caller: Caller, input: CreateAnalysis): Promise<AcceptedAnalysis> {
    const { research_data: single, interviews } = input;
    if ((single === undefined) === (interviews === undefined))
      throw new InvalidRequest([{ pointer: '/research_data', detail: 'is required, or else interviews; not both' }]);
    return this.accept(caller, async (folder) => {
      const references = interviews ?? [single!];
      const sources = await this.sources.copy(caller, folder, references);
      return { ...input, research_data: references.join(', '), sources };
    });
  }

  /** The same of what `receive` brings into the folder that it is given. Nothing of it stays when this rejects. */
  async accept(caller: Caller, receive: (folder: string) => Promise<Received>): Promise<AcceptedAnalysis> {
    const requestId = newId('ana', this.clock.now().getTime());
    const folder = folderOf({ workspace_id: caller.workspaceId, request_id: requestId });
    let item: AnalysisRequest;
    try {
      item = this.newItem(caller, requestId, await receive(folder));
      const event = { type: 'analysis.queued', from_step: steps[0], method: item.method } as const;
      item = await this.analyses.insert(item, event);
    } catch (error) {
      await this.sources.discard(folder).catch(() => undefined);
      throw error;
    }
    await this.watch.enqueue(item);
    await this.record(caller, 'analysis.requested', requestId, { interviews: item.sources.length });
    return { request_id: requestId };
  }

  async status(caller: Caller, requestId: string): Promise<AnalysisStatusAnswer> {
    return shownStatus(await this.find(caller, requestId));
  }

  async list({ workspaceId }: Caller, { status, limit, cursor }: ListAnalyses): Promise<AnalysisPage> {
    const scope = `analysis/${workspaceId}/${status ?? ''}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<ItemKey<AnalysisRequest>>(scope, cursor);
    const [{ items, next }, total] = await Promise.all([
      this.analyses.list(workspaceId, status, limit, after),
      this.analyses.total(workspaceId, status),
    ]);
    const next_cursor = next ? this.cursors.encode(scope, next) : null;
    return { requests: items.map(shownSummary), total, limit, next_cursor };
  }

  /** Goes on from a step, with the rights of whoever asks for it. Throws `AnalysisNotRetryable`. */
  async retry(caller: Caller, requestId: string, { from_step, method }: RetryAnalysis): Promise<AnalysisStatusAnswer> {
    const item = await this.change(caller, requestId, (each) => {
      const step = from_step ?? currentStep(each) ?? steps[0];
      const by = method ?? each.method;
      if (!mayRetry(each, step, by)) throw new AnalysisNotRetryable(refusal(each, step, by));
      const { set, ...rest } = retryFrom(each, step, by);
      return { ...rest, set: { ...set, caller: this.authenticator.remember(caller), user_id: caller.userId } };
    });
    await this.watch.enqueue(item);
    await this.record(caller, 'analysis.retried', requestId, { from_step: currentStep(item), method: item.method });
    return shownStatus(item);
  }

  /** Ends an analysis now; whatever works on it stops within a second. Throws `AnalysisEnded`. */
  async cancel(caller: Caller, requestId: string): Promise<AnalysisStatusAnswer> {
    const item = await this.change(caller, requestId, (each) => {
      if (hasEnded(each)) throw new AnalysisEnded(requestId, each.overall_status);
      const problem = problemDocument(new AnalysisCancelled('Somebody has cancelled it.'));
      return fail(each, { message: 'Cancelled', problem }, this.clock.now().toISOString());
    });
    if (item.job_id !== undefined) await this.jobs.cancel(caller.workspaceId, item.job_id);
    await this.record(caller, 'analysis.cancelled', requestId);
    return shownStatus(item);
  }

  /** Removes an analysis with its interviews. Throws `AnalysisUnderWay`. */
  async delete(caller: Caller, requestId: string): Promise<void> {
    const item = await this.find(caller, requestId);
    if (!(await this.watch.remove(item))) throw new AnalysisUnderWay(requestId);
    await this.record(caller, 'analysis.deleted', requestId);
  }

  /** Throws `AnalysisNotFound`. */
  async find({ workspaceId }: Pick<Caller, 'workspaceId'>, requestId: string): Promise<AnalysisRequest> {
    const item = await this.analyses.find(workspaceId, requestId);
    if (!item) throw new AnalysisNotFound(requestId);
    return item;
  }

  private async change(
    caller: Caller,
    requestId: string,
    transition: (item: AnalysisRequest) => Transition,
  ): Promise<AnalysisRequest> {
    for (let attempt = 0; attempt < changeAttempts; attempt += 1) {
      const item = await this.find(caller, requestId);
      const changed = await this.analyses.change(item, transition(item));
      if (!changed) continue;
      this.events.announce(changed.request);
      return changed;
    }
    throw new AnalysisChanged(requestId);
  }

  private newItem(
    caller: Caller,
    requestId: string,
    { title, method, sources, research_data }: Received,
  ): AnalysisRequest {
    const now = this.clock.now();
    const { workspaceId, userId } = caller;
    return {
      request: analysisKey(workspaceId, requestId),
      request_id: requestId,
      workspace_id: workspaceId,
      user_id: userId,
      title:
        title ??
        sources
          .map(({ name }) => name)
          .join(', ')
          .slice(0, 200),
      method: method ?? (this.models.default ? 'model' : 'extractive'),
      research_data: research_data.slice(0, longestReference),
      sources,
      steps: newSteps(),
      overall_status: 'pending',
      workspace_status: workspaceStatus(workspaceId, 'pending'),
      created: `${now.toISOString()}#${requestId}`,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      caller: this.authenticator.remember(caller),
      revision: 0,
      round: 1,
      watched: 'open',
      due_at: this.watch.firstLook(),
      expires: this.analyses.expiry(now).expires,
    };
  }

  private async record(caller: Caller, action: string, object: string, detail?: Record<string, unknown>) {
    await this.audit.record({ ...caller, action, object, outcome: 'allowed', ...(detail && { detail }) });
  }
}

function refusal(item: AnalysisRequest, step: Step, method: Method): string {
  if (!hasEnded(item)) return `The analysis ${item.request_id} is still ${item.overall_status}.`;
  if (method !== item.method && steps.indexOf(step) > steps.indexOf('inferring'))
    return `From the step ${step} on it can only go on by the method "${item.method}" by which it has come there.`;
  return `The analysis ${item.request_id} has not come to the step ${step}.`;
}
