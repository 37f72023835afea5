import { Injectable } from '@nestjs/common';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { version } from '../../platform/version.js';
import { Database } from '../../providers/database/database.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import { PassageIndex } from '../../providers/passage-index/passage-index.js';
import { DependencyHealth, Health } from './health.dto.js';

const answerWithinMs = 2000;
const freshForMs = 1000;

/** Asks each dependency for a sign of life, at most once a second however often health is asked for. */
@Injectable()
export class HealthService {
  private checked: { readonly until: number; readonly dependencies: Promise<DependencyHealth[]> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly passages: PassageIndex,
    private readonly lifecycle: Lifecycle,
  ) {}

  async health(): Promise<Health> {
    const dependencies = await this.dependencies();
    const allUp = dependencies.every(({ status }) => status === 'up');
    return {
      status: this.lifecycle.draining ? 'draining' : allUp ? 'ok' : 'degraded',
      version,
      uptime_seconds: Math.floor(process.uptime()),
      dependencies,
    };
  }

  private dependencies(): Promise<DependencyHealth[]> {
    const now = performance.now();
    if (this.checked === undefined || this.checked.until < now) {
      const dependencies = Promise.all([
        check('database', () => this.database.ping()),
        check('vector_index', () => this.database.ping()).then((found) => ({
          ...found,
          detail: this.passages.description,
        })),
        check('object_store', () => Promise.all([this.objects.freeBytes(), this.objects.head('health')])),
      ]);
      this.checked = { until: now + freshForMs, dependencies };
    }
    return this.checked.dependencies;
  }
}

async function check(name: string, ask: () => Promise<unknown>): Promise<DependencyHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not answer`)), answerWithinMs);
  });
  try {
    await Promise.race([ask(), late]);
    return { name, status: 'up' };
  } catch {
    return { name, status: 'down' };
  } finally {
    clearTimeout(timer);
  }
}
