import { RequestFailed, type Requests } from './requests.js';

/** Most failures after which a load gives up. */
const mostFailures = 20;

/** Something that clients do over and over until they are told to end. */
export abstract class Load {
  /** How often it has been done to its end. */
  done = 0;
  private isOver = false;
  private lanes: Promise<unknown> = Promise.resolve();

  constructor(protected readonly requests: Requests) {}

  begin(lanes: number): void {
    this.lanes = Promise.all(Array.from({ length: lanes }, (_, lane) => this.repeat(lane)));
  }

  /** Resolves when everything that was begun has been done. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.lanes;
  }

  /** Does it once. Throws `RequestFailed`. */
  protected abstract step(lane: number): Promise<void>;

  private async repeat(lane: number): Promise<void> {
    while (!this.isOver && this.requests.failures.length < mostFailures) {
      try {
        await this.step(lane);
        this.done += 1;
      } catch (error) {
        if (!(error instanceof RequestFailed)) this.requests.fail(String((error as Error).stack));
      }
    }
  }
}
