import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Problem } from '../../platform/errors/problem.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { version } from '../../platform/version.js';
import { Catalog } from '../../providers/catalog/catalog.js';
import { Database } from '../../providers/database/database.js';
import { ItemStore } from '../../providers/item-store/item-store.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import { QueryEngine } from '../../providers/query-engine/query-engine.js';
import { PassageIndex } from '../../providers/passage-index/passage-index.js';
import { SecretSealer } from '../../providers/secret-sealer/secret-sealer.js';
import { DependencyHealth, Health } from './health.dto.js';

interface Dependency {
  readonly name: string;
  /** Without it hardly any request can be answered, so none should come here. */
  readonly required: boolean;
  readonly ask: () => Promise<unknown>;
  /** What is used for it, where that depends on what is there. */
  readonly detail?: () => string;
}

interface Answer {
  readonly until: number;
  readonly health: Promise<DependencyHealth>;
}

const answerWithinMs = 2000;
/** Readiness is asked often and must notice soon; services of AWS count every question against their quotas. */
const freshForMs = { required: 1000, others: 10_000 };

/**
 * Asks each dependency for a sign of life, now and then however often health is asked for. Readiness goes by the required
 * ones alone: where all replicas miss the same service, what does without it goes on. Language models are not asked, since
 * each question has its price.
 */
@Injectable()
export class HealthService {
  private readonly answers = new Map<string, Answer>();
  private readonly down = new Set<string>();
  private readonly dependencies: readonly Dependency[];

  constructor(
    database: Database,
    objects: ObjectStore,
    items: ItemStore,
    catalog: Catalog,
    engine: QueryEngine,
    passages: PassageIndex,
    secrets: SecretSealer,
    private readonly lifecycle: Lifecycle,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {
    this.dependencies = [
      { name: 'database', required: true, ask: () => database.ping() },
      { name: 'object_store', required: true, ask: () => Promise.all([objects.freeBytes(), objects.head('health')]) },
      { name: 'item_store', required: false, ask: () => items.ping() },
      { name: 'catalog', required: false, ask: () => catalog.ping() },
      { name: 'query_engine', required: false, ask: () => engine.ping() },
      { name: 'vector_index', required: false, ask: () => database.ping(), detail: () => passages.description },
      { name: 'secrets', required: false, ask: () => secrets.ping(), detail: () => secrets.description },
    ];
  }

  /** How everything is. */
  health(): Promise<Health> {
    return this.of(this.dependencies);
  }

  /** How that is without which requests should go elsewhere. */
  readiness(): Promise<Health> {
    return this.of(this.dependencies.filter(({ required }) => required));
  }

  private async of(asked: readonly Dependency[]): Promise<Health> {
    const dependencies = await Promise.all(asked.map((each) => this.recent(each)));
    const allUp = dependencies.every(({ status }) => status === 'up');
    return {
      status: this.lifecycle.draining ? 'draining' : allUp ? 'ok' : 'degraded',
      version,
      uptime_seconds: Math.floor(process.uptime()),
      dependencies,
    };
  }

  private recent(dependency: Dependency): Promise<DependencyHealth> {
    const { name, required } = dependency;
    const now = performance.now();
    const last = this.answers.get(name);
    if (last && last.until > now) return last.health;
    const health = this.check(dependency);
    this.answers.set(name, { until: now + (required ? freshForMs.required : freshForMs.others), health });
    return health;
  }

  private async check({ name, required, ask, detail }: Dependency): Promise<DependencyHealth> {
    try {
      await inTime(ask());
      if (this.down.delete(name)) this.logger.info({ dependency: name }, 'A dependency is up again');
      return { name, required, status: 'up', ...(detail && { detail: detail() }) };
    } catch (error) {
      // Once for each outage.
      if (!this.down.has(name)) this.logger.warn({ err: error, dependency: name }, 'A dependency is down');
      this.down.add(name);
      return { name, required, status: 'down', message: explain(error) };
    }
  }
}

class TooLate extends Error {}

async function inTime(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate()), answerWithinMs);
  });
  try {
    await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Health is public, so no more than the kind of an error is told of what was not written for everybody. */
function explain(error: unknown): string {
  if (error instanceof TooLate) return `It did not answer within ${answerWithinMs / 1000} seconds.`;
  const { name, message, cause } = error as Error;
  if (!(error instanceof Problem)) return `It answers with ${name}; the log says more.`;
  return cause instanceof Error && cause.name !== 'Error' ? `${message} The reason is ${cause.name}.` : message;
}
