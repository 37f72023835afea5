import type { ServerSentEvent } from '../../../platform/http/sse.js';

/** The events of one thing that happens: whoever follows gets those that were, then those that come, until it is closed. */
export class EventLog {
  private readonly events: ServerSentEvent[] = [];
  private readonly followers = new Set<() => void>();
  private closed = false;

  append(event: string, data: unknown): void {
    this.events.push({ id: this.events.length + 1, event, data });
    this.wake();
  }

  close(): void {
    this.closed = true;
    this.wake();
  }

  /** Events with an id above `after`, in order and without gaps. Ends when the log is closed or the signal aborts. */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    let next = Math.max(0, Math.floor(after));
    while (!signal.aborted) {
      const event = this.events[next];
      if (event) {
        next += 1;
        yield event;
      } else if (this.closed) return;
      else await this.news(signal);
    }
  }

  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.followers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.followers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private wake(): void {
    for (const follower of this.followers) follower();
  }
}
