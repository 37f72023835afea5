interface Beat {
  readonly job_id: string;
  readonly token: number;
  readonly heartbeat: number;
}

interface Observation {
  readonly beat: string;
  readonly since: number;
}

/**
 * Finds runs whose process died or hangs: their heartbeat stands still for a whole lease of the observer's own, steady
 * time. No times are compared between processes, so clocks may differ and jump.
 */
export class LeaseObserver {
  private observed = new Map<string, Observation>();

  constructor(private readonly leaseMs: number) {}

  /** Those of the running jobs whose lease is over, given all of them and the elapsed time in milliseconds. */
  expired<Run extends Beat>(running: readonly Run[], elapsed: number): readonly Run[] {
    const seen = new Map<string, Observation>();
    for (const run of running) {
      const beat = `${run.token}/${run.heartbeat}`;
      const before = this.observed.get(run.job_id);
      seen.set(run.job_id, before?.beat === beat ? before : { beat, since: elapsed });
    }
    this.observed = seen;
    return running.filter((run) => elapsed - seen.get(run.job_id)!.since >= this.leaseMs);
  }
}
