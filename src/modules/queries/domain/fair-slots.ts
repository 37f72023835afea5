type Waiting = () => void;

/** A slot that is held; calling it gives it back. Calling it again does nothing. */
export type Release = () => void;

/**
 * A fixed number of slots that tenants take in turn: each slot that becomes free goes to the tenant whose turn is next,
 * and within a tenant to whoever has waited longest. One tenant's long line makes no other tenant wait behind it.
 */
export class FairSlots {
  private free: number;
  /** Lines of those who wait, by tenant, in the order of the tenants' turns. No line is empty. */
  private readonly lines = new Map<string, Waiting[]>();

  constructor(slots: number) {
    this.free = slots;
  }

  /** A slot at once, or undefined when none is free. */
  tryTake(): Release | undefined {
    if (this.free === 0) return undefined;
    this.free -= 1;
    return this.release();
  }

  /** A slot as soon as it is this tenant's turn. Rejects with the signal's reason when that is aborted first. */
  take(tenant: string, signal: AbortSignal): Promise<Release> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const immediate = this.tryTake();
      if (immediate) return resolve(immediate);
      const granted = () => {
        signal.removeEventListener('abort', left);
        resolve(this.release());
      };
      const left = () => {
        this.leave(tenant, granted);
        reject(signal.reason as Error);
      };
      this.line(tenant).push(granted);
      signal.addEventListener('abort', left, { once: true });
    });
  }

  private release(): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.passOn();
    };
  }

  /** A slot is never free while somebody waits, so nobody can step in between. */
  private passOn(): void {
    const next = this.lines.entries().next().value;
    if (!next) {
      this.free += 1;
      return;
    }
    const [tenant, line] = next;
    const granted = line.shift()!;
    this.lines.delete(tenant);
    if (line.length > 0) this.lines.set(tenant, line);
    granted();
  }

  private line(tenant: string): Waiting[] {
    let line = this.lines.get(tenant);
    if (!line) this.lines.set(tenant, (line = []));
    return line;
  }

  private leave(tenant: string, waiting: Waiting): void {
    const line = this.lines.get(tenant)?.filter((each) => each !== waiting) ?? [];
    if (line.length > 0) this.lines.set(tenant, line);
    else this.lines.delete(tenant);
  }
}
