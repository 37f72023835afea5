import type { AnalysisRequest } from './analysis-request.js';
import type { AnalysisEvents } from './analysis-events.js';
import type { AnalysisRepository } from './analysis.repository.js';
import type { Transition } from './domain/progress.js';

/** Somebody has cancelled the analysis, or another process works on it. */
export class AnalysisLost extends Error {
  constructor(requestId: string) {
    super(`The analysis ${requestId} is in other hands`);
  }
}

const attempts = 10;

/** An analysis as one attempt works on it: every change is made only as long as it is this attempt's to make. */
export class TrackedAnalysis {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    public item: AnalysisRequest,
    private readonly attempt: string,
    private readonly analyses: AnalysisRepository,
    private readonly events: AnalysisEvents,
  ) {}

  /** One after the other. Rejects with `AnalysisLost`. */
  change(transition: (item: AnalysisRequest) => Transition): Promise<void> {
    const changed = this.turn.then(() => this.changeNow(transition));
    this.turn = changed.catch(() => undefined);
    return changed;
  }

  /** Others may note something about it meanwhile, which takes nothing away from it. */
  private async changeNow(transition: (item: AnalysisRequest) => Transition): Promise<void> {
    for (let tried = 0; tried < attempts; tried += 1) {
      const changed = await this.analyses.change(this.item, transition(this.item));
      if (changed) {
        this.item = changed;
        return this.events.announce(changed.request);
      }
      const { workspace_id: workspaceId, request_id: requestId } = this.item;
      const stored = await this.analyses.find(workspaceId, requestId);
      if (stored?.attempt !== this.attempt) throw new AnalysisLost(requestId);
      this.item = stored;
    }
    throw new Error(`The analysis ${this.item.request_id} is changed by too many at once`);
  }
}
