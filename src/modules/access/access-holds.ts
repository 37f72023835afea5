import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { AccessChanges } from './access-changes.js';
import type { Caller } from './caller.js';

/** Whether the caller may still act under the permission under which they began. */
export type AccessJudge = (caller: Caller) => Promise<boolean>;

interface Hold {
  readonly caller: Caller;
  /** Ends what goes on; called at most once. */
  readonly end: () => void;
}

/** Rights also end by time (a token expires), which nobody announces. */
const reviewMs = 15_000;
/** Somebody may be let in for so long after a change by what was looked up just before it, and remembered. */
const lettingInMs = 600;

/** What goes on for longer than the check at its beginning: streams, downloads, uploads, running queries, sockets. */
@Injectable()
export class AccessHolds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly holds = new Set<Hold>();
  private judge: AccessJudge | undefined;
  private reviewing: Promise<void> | undefined;
  private reviewAgain = false;
  private timer: NodeJS.Timeout | undefined;
  private lateComers: NodeJS.Timeout | undefined;

  constructor(
    private readonly changes: AccessChanges,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * `end` is called within a second after the caller has lost the right under which they act. Returns what is to be
   * called when the work has ended of itself.
   */
  hold(caller: Caller, end: () => void): () => void {
    const hold = { caller, end };
    this.holds.add(hold);
    return () => void this.holds.delete(hold);
  }

  /** Whoever can look rights up says how; called once, at start. */
  judgeWith(judge: AccessJudge): void {
    this.judge = judge;
  }

  onApplicationBootstrap(): void {
    this.changes.listen(() => {
      this.review();
      clearTimeout(this.lateComers);
      this.lateComers = setTimeout(() => this.review(), lettingInMs).unref();
    });
    this.timer = setInterval(() => this.review(), reviewMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    clearTimeout(this.lateComers);
  }

  /** One review at a time; a change that comes during one is looked at right after it. */
  private review(): void {
    this.reviewAgain = true;
    this.reviewing ??= this.reviewAll().finally(() => (this.reviewing = undefined));
  }

  private async reviewAll(): Promise<void> {
    while (this.reviewAgain) {
      this.reviewAgain = false;
      for (const group of this.groups()) await this.reviewGroup(group);
    }
  }

  /** What stands and falls together: the same credential, workspace and permission. */
  private groups(): Iterable<Hold[]> {
    const groups = new Map<string, Hold[]>();
    for (const hold of this.holds) {
      const { credential, workspaceId, actingUnder } = hold.caller;
      const key = `${credential.kind}:${credential.id}:${workspaceId}:${actingUnder}`;
      const group = groups.get(key);
      if (group) group.push(hold);
      else groups.set(key, [hold]);
    }
    return groups.values();
  }

  private async reviewGroup(group: Hold[]): Promise<void> {
    try {
      if (await this.judge?.(group[0]!.caller)) return;
    } catch (error) {
      // Not known is not lost: the next review asks again.
      this.logger.warn({ err: error }, 'Access could not be reviewed');
      return;
    }
    for (const hold of group) if (this.holds.delete(hold)) hold.end();
  }
}
