import { api, ask } from '@/lib/api/client';
import type { ApiProblem } from '@/lib/api/problem';
import { asProblem } from '@/lib/api/problem';
import { type Sending, sendFile } from './send-file';
import { type Rate, RateMeter } from './transfer-rate';
import {
  abandoned,
  forgetUnfinished,
  isSameFile,
  readUnfinished,
  rememberUnfinished,
  type Unfinished,
} from './unfinished';

export type TransferState = 'queued' | 'sending' | 'reconnecting' | 'paused' | 'finishing' | 'done' | 'failed';

/** One file on its way from this page to the service. */
export interface Transfer {
  readonly key: string;
  readonly fileName: string;
  readonly size: number;
  readonly sent: number;
  readonly state: TransferState;
  readonly rate?: Rate | undefined;
  /** Known once the service has agreed to take the file. */
  readonly uploadId?: string | undefined;
  /** Present when it has failed. */
  readonly problem?: ApiProblem | undefined;
}

export interface TransferOwner {
  readonly userId: string;
  readonly workspaceId: string;
}

interface Entry {
  shown: Transfer;
  readonly file: File;
  readonly owner: TransferOwner;
  readonly meter: RateMeter;
  sending?: Promise<Sending>;
  rememberedAt: number;
}

const atOnce = 3;
const rememberEveryMs = 2000;
const active: ReadonlySet<TransferState> = new Set(['sending', 'reconnecting', 'finishing']);

/** The uploads of this page. They live above the pages, so that going from one to another stops none. */
class Transfers {
  private entries: Entry[] = [];
  private shown: readonly Transfer[] = [];
  private readonly listeners = new Set<() => void>();
  private lastKey = 0;

  constructor() {
    if (typeof window === 'undefined') return;
    window.addEventListener('beforeunload', (event) => {
      if (this.entries.some(({ shown }) => shown.state === 'queued' || active.has(shown.state))) event.preventDefault();
    });
    window.addEventListener('pagehide', () => this.leave());
    setInterval(() => this.stayKnown(), rememberEveryMs * 2);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly list = (): readonly Transfer[] => this.shown;

  /** Sends files, a few at once. One whose upload was interrupted goes on where that stopped. Returns their keys. */
  add(files: readonly File[], owner: TransferOwner): string[] {
    const interrupted = [...this.interrupted(owner)];
    const added = files.map((file) => {
      const index = interrupted.findIndex((each) => isSameFile(each, file));
      const [earlier] = index < 0 ? [] : interrupted.splice(index, 1);
      return this.entryOf(file, owner, earlier);
    });
    this.entries = [...this.entries, ...added];
    this.proceed();
    return added.map(({ shown }) => shown.key);
  }

  /** Uploads of this person in this workspace that were interrupted, here or in another tab. */
  interrupted({ userId, workspaceId }: TransferOwner): readonly Unfinished[] {
    return abandoned(readUnfinished(), Date.now()).filter(
      (each) =>
        each.userId === userId &&
        each.workspaceId === workspaceId &&
        !this.entries.some(({ shown }) => shown.uploadId === each.uploadId),
    );
  }

  pause(key: string): void {
    this.with(key, (entry) => {
      void entry.sending?.then((sending) => sending.pause());
      entry.meter.restart();
      this.change(entry, { state: 'paused', rate: undefined });
    });
  }

  /** Goes on after a pause, or tries again after a failure. */
  resume(key: string): void {
    this.with(key, (entry) => this.change(entry, { state: 'queued', problem: undefined }));
  }

  /** Gives a transfer up; what has arrived is deleted. */
  cancel(key: string): void {
    this.with(key, (entry) => {
      this.entries = this.entries.filter((each) => each !== entry);
      if (entry.shown.uploadId) forgetUnfinished(entry.shown.uploadId);
      // What could not be deleted now expires by itself.
      entry.sending?.then((sending) => sending.abandon()).catch(() => undefined);
    });
  }

  /** Removes the upload that was interrupted. Rejects with an `ApiProblem` unless it is gone. */
  async discard({ uploadId }: Unfinished): Promise<void> {
    try {
      await ask(api.DELETE('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: uploadId } } }));
    } catch (error) {
      if (asProblem(error).status !== 404) throw error;
    }
    forgetUnfinished(uploadId);
    this.announce();
  }

  dismiss(...keys: readonly string[]): void {
    this.entries = this.entries.filter(({ shown }) => !keys.includes(shown.key));
    this.announce();
  }

  private entryOf(file: File, owner: TransferOwner, earlier: Unfinished | undefined): Entry {
    this.lastKey += 1;
    return {
      file,
      owner,
      meter: new RateMeter(),
      rememberedAt: 0,
      shown: {
        key: String(this.lastKey),
        fileName: file.name,
        size: file.size,
        sent: earlier?.sent ?? 0,
        state: 'queued',
        uploadId: earlier?.uploadId,
      },
    };
  }

  private with(key: string, act: (entry: Entry) => void): void {
    const entry = this.entries.find(({ shown }) => shown.key === key);
    if (entry) act(entry);
    this.proceed();
  }

  /** Starts what waits while there is a place for it. */
  private proceed(): void {
    const sending = this.entries.filter(({ shown }) => active.has(shown.state)).length;
    const waiting = this.entries.filter(({ shown }) => shown.state === 'queued');
    for (const entry of waiting.slice(0, Math.max(0, atOnce - sending))) {
      this.change(entry, { state: 'sending' });
      void this.send(entry);
    }
    this.announce();
  }

  private async send(entry: Entry): Promise<void> {
    entry.sending ??= sendFile(
      entry.file,
      { workspaceId: entry.owner.workspaceId, uploadId: entry.shown.uploadId },
      {
        onAddress: (uploadId) => {
          this.change(entry, { uploadId });
          this.remember(entry, Date.now());
        },
        onProgress: (sent) => this.progressed(entry, sent),
        onTrouble: () => {
          entry.meter.restart();
          this.change(entry, { state: 'reconnecting', rate: undefined });
        },
        onDone: (uploadId) => {
          forgetUnfinished(uploadId);
          this.change(entry, { state: 'done', sent: entry.shown.size, rate: undefined, uploadId });
          this.proceed();
        },
        onFailed: (problem) => {
          // A file that was refused is gone; there is nothing to go on with.
          if (problem.status >= 400 && entry.shown.uploadId) forgetUnfinished(entry.shown.uploadId);
          this.change(entry, { state: 'failed', rate: undefined, problem });
          this.proceed();
        },
      },
    );
    const sending = await entry.sending;
    if (active.has(entry.shown.state) && this.entries.includes(entry)) sending.start();
  }

  private progressed(entry: Entry, sent: number): void {
    if (!active.has(entry.shown.state)) return;
    const now = Date.now();
    const state = sent < entry.shown.size ? 'sending' : 'finishing';
    this.change(entry, { state, sent, rate: entry.meter.measure(sent, entry.shown.size, now) });
    if (now - entry.rememberedAt > rememberEveryMs) this.remember(entry, now);
  }

  private change(entry: Entry, change: Partial<Transfer>): void {
    entry.shown = { ...entry.shown, ...change };
    this.announce();
  }

  private remember(entry: Entry, activeAt: number): void {
    const { uploadId, fileName, size, sent } = entry.shown;
    if (!uploadId) return;
    entry.rememberedAt = activeAt;
    rememberUnfinished({
      ...entry.owner,
      uploadId,
      fileName,
      size,
      lastModified: entry.file.lastModified,
      sent,
      activeAt,
    });
  }

  /** Tells other tabs that this one goes on. */
  private stayKnown(): void {
    const now = Date.now();
    for (const entry of this.unfinished()) if (now - entry.rememberedAt > rememberEveryMs) this.remember(entry, now);
  }

  private leave(): void {
    for (const entry of this.unfinished()) this.remember(entry, 0);
  }

  private unfinished(): Entry[] {
    return this.entries.filter(({ shown }) => shown.state !== 'done' && shown.state !== 'failed');
  }

  private announce(): void {
    this.shown = this.entries.map(({ shown }) => shown);
    for (const listener of this.listeners) listener();
  }
}

export const transfers = new Transfers();
