/** The time of day. A port so that expiry, leases and schedules can be tested without waiting. */
export abstract class Clock {
  /** The current time. */
  abstract now(): Date;
  /** Milliseconds since an arbitrary start, for measuring durations: unlike the time of day it never jumps. */
  abstract elapsed(): number;
  /** Resolves after `milliseconds`, or rejects with the signal's reason as soon as it is aborted. */
  abstract sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
