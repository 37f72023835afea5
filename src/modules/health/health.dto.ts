/** One thing the service depends on. */
export class DependencyHealth {
  /** @example "database" */
  name!: string;

  /** @example "up" */
  status!: 'up' | 'down';

  /**
   * What is used for it, where that depends on what is there.
   * @example "exact search in memory"
   */
  detail?: string;
}

/** How the service is. */
export class Health {
  /** @example "ok" */
  status!: 'ok' | 'degraded' | 'draining';

  /** @example "0.1.0" */
  version!: string;

  /**
   * Seconds since the process started.
   * @example 4711
   */
  uptime_seconds!: number;

  dependencies!: DependencyHealth[];
}

/** The process answers. */
export class Liveness {
  /** @example "ok" */
  status!: 'ok';
}
