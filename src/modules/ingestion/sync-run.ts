import type { Clock } from '../../providers/clock/clock.js';
import type { ConnectorSession, OnWait } from '../../providers/connectors/connector.js';
import type { JobContext } from '../../providers/job-queue/job-queue.js';
import type { SyncProgress, SyncUnderway } from './domain/sync-state.js';
import type { SyncPayload } from './sync-requests.js';
import type { SyncSteps } from './sync-steps.js';

class MoreToDo extends Error {}

/** One run over a source, as it was set up when the run began. */
export class SyncRun {
  private readonly session: ConnectorSession;
  private shown: SyncProgress = { phase: 'reading', pages: 0, documents: 0 };

  constructor(
    private readonly context: JobContext<SyncPayload>,
    /** Of the source. */
    private readonly version: number,
    private readonly steps: SyncSteps,
    private readonly clock: Clock,
    open: (onWait: OnWait) => ConnectorSession,
  ) {
    this.session = open(({ seconds, reason }) => {
      const until = new Date(this.clock.now().getTime() + seconds * 1000).toISOString();
      this.context.report({ ...this.shown, waiting: { reason, until } });
    });
  }

  /** Ends the job in the same transaction in which it has made sure of that. */
  async untilNothingIsLeft(): Promise<void> {
    const { context, version, steps } = this;
    for (;;) {
      await this.followWebhooks();
      const sync = await context.transaction((transaction) => steps.takeUp(transaction, context.job, version));
      if (sync) await this.sync(sync);
      else if (await this.finish()) return;
    }
  }

  private async sync(begun: SyncUnderway): Promise<void> {
    const { context, version, steps } = this;
    let sync = begun;
    if (sync.stage === 'reading') {
      this.show({ phase: 'reading', mode: sync.mode });
      for await (const page of this.session.sync(sync)) {
        context.signal.throwIfAborted();
        sync = await context.transaction((transaction) => steps.keep(transaction, context.job, version, sync, page));
        const { pages, documents } = this.shown;
        const { progress } = page;
        this.show({ phase: 'reading', pages: pages + 1, documents: documents + page.documents.length, progress });
        if (!page.done) await this.followWebhooks();
      }
    }
    if (sync.mode === 'full') {
      this.show({ phase: 'sweeping' });
      while (await context.transaction((transaction) => steps.sweep(transaction, context.job, version)))
        context.signal.throwIfAborted();
    }
    await context.transaction((transaction) => steps.end(transaction, context.job, version, sync));
  }

  private async followWebhooks(): Promise<void> {
    const { context, version, steps } = this;
    for (;;) {
      const events = await context.transaction((transaction) => steps.events(transaction, context.job));
      if (events.length === 0) return;
      this.show({ phase: 'events' });
      const content = await this.session.refresh(events.flatMap(({ changes }) => changes));
      await context.transaction((transaction) => steps.follow(transaction, context.job, version, events, content));
    }
  }

  private async finish(): Promise<boolean> {
    const { context, version, steps } = this;
    try {
      await context.complete(async (transaction) => {
        if (!(await steps.finish(transaction, context.job, version))) throw new MoreToDo();
      });
      return true;
    } catch (error) {
      if (error instanceof MoreToDo) return false;
      throw error;
    }
  }

  private show(progress: Partial<SyncProgress>): void {
    this.shown = { ...this.shown, ...progress };
    this.context.report(this.shown);
  }
}
