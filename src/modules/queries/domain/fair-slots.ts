import { FairLine } from '../../../platform/fair-line.js';

/** A slot that is held; calling it gives it back. Calling it again does nothing. */
export type Release = () => void;

/**
 * A fixed number of slots that tenants take in turn, none of them more at a time than it may: each slot that becomes free
 * goes to the tenant that holds the fewest, of several such to the one whose turn is next, and within a tenant to
 * whoever has waited longest. One tenant's long line makes no other tenant wait behind it.
 */
export class FairSlots {
  private readonly line = new FairLine<() => void>();

  constructor(private free: number) {}

  /** A slot at once, or undefined when none is free or the tenant holds `most` of them. */
  tryTake(tenant: string, most: number): Release | undefined {
    // A slot is never free while somebody waits who may have it, so nobody is overtaken here.
    if (this.free === 0 || !this.line.enter(tenant, most)) return undefined;
    this.free -= 1;
    return this.release(tenant);
  }

  /** A slot as soon as it is this tenant's turn. Rejects with the signal's reason when that is aborted first. */
  take(tenant: string, most: number, signal: AbortSignal): Promise<Release> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const granted = () => {
        signal.removeEventListener('abort', left);
        resolve(this.release(tenant));
      };
      const left = () => {
        this.line.remove(tenant, granted);
        reject(signal.reason as Error);
      };
      this.line.add(tenant, granted, most);
      signal.addEventListener('abort', left, { once: true });
      this.passOn();
    });
  }

  private release(tenant: string): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.free += 1;
      this.line.ended(tenant);
      this.passOn();
    };
  }

  private passOn(): void {
    while (this.free > 0) {
      const granted = this.line.next();
      if (!granted) return;
      this.free -= 1;
      granted();
    }
  }
}
