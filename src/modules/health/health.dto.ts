/** One thing the service depends on. */
export class DependencyHealth {
  /** @example "database" */
  name!: string;

  /** Whether no requests should come here without it, as `/health/ready` says. */
  required!: boolean;

  /** @example "up" */
  status!: 'up' | 'down';

  /**
   * What is wrong with it; absent while it is up.
   * @example "It did not answer within 2 seconds."
   */
  message?: string;

  /**
   * What is used for it, where that depends on what is there.
   * @example "exact search in memory"
   */
  detail?: string;
}

/** How the service is. */
export class Health {
  /**
   * `degraded` while any dependency is down.
   * @example "ok"
   */
  status!: 'ok' | 'degraded' | 'draining';

  /** @example "0.1.0" */
  version!: string;

  /**
   * Seconds since the process started.
   * @example 4711
   */
  uptime_seconds!: number;

  /** All of them at `/health`, those that are required at `/health/ready`. */
  dependencies!: DependencyHealth[];
}

/** The process answers. */
export class Liveness {
  /** @example "ok" */
  status!: 'ok';
}
