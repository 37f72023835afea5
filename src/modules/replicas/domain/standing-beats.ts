interface Beating {
  readonly replica_id: string;
  readonly beat: number;
}

/**
 * Finds those whose beat has stood still for a time that the observer has measured itself, by its own steady clock: no
 * times are compared between machines, whose clocks may differ and jump.
 */
export class StandingBeats {
  private seen = new Map<string, { readonly beat: number; readonly since: number }>();

  constructor(private readonly patienceMs: number) {}

  /** Given all that there are, and the elapsed time in milliseconds. */
  standing<Each extends Beating>(all: readonly Each[], elapsed: number): readonly Each[] {
    const before = this.seen;
    this.seen = new Map(
      all.map(({ replica_id, beat }) => {
        const known = before.get(replica_id);
        return [replica_id, known?.beat === beat ? known : { beat, since: elapsed }];
      }),
    );
    return all.filter(({ replica_id }) => elapsed - this.seen.get(replica_id)!.since >= this.patienceMs);
  }
}
