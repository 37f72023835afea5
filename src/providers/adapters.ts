import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { StartupError } from '../platform/errors/startup-error.js';
import type { Metrics } from '../platform/metrics/metrics.js';
import type { Catalog } from './catalog/catalog.js';
import type { Clock } from './clock/clock.js';
import { SystemClock } from './clock/system.clock.js';
import type { Database } from './database/database.js';
import type { DuckDbWorkers } from './duckdb-workers/duckdb-workers.js';
import type { ItemStore } from './item-store/item-store.js';
import type { JobQueue } from './job-queue/job-queue.js';
import { LanguageModels } from './language-model/language-models.js';
import type { StreamingOptions } from './language-model/streaming.language-model.js';
import type { Mailer } from './mailer/mailer.js';
import type { ObjectStore } from './object-store/object-store.js';
import type { QueryEngine } from './query-engine/query-engine.js';
import type { TableConverter } from './table-converter/table-converter.js';
import type { TableProfiler } from './table-profiler/table-profiler.js';

/** One adapter for each capability. */
export interface Adapters {
  readonly clock: Clock;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly catalog: Catalog;
  readonly queryEngine: QueryEngine;
  readonly tableConverter: TableConverter;
  readonly tableProfiler: TableProfiler;
  readonly itemStore: ItemStore;
  readonly jobQueue: JobQueue;
  readonly languageModels: LanguageModels;
  readonly mailer: Mailer;
  /** Starts what is kept warm, once requests are served. */
  warmUp(): void;
  /** Ends child processes and closes files and connections. */
  close(): Promise<void>;
}

export interface Plumbing {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What each profile of `PROVIDERS` chooses; a setting of a capability's own goes before it. */
const profiles = {
  embedded: {
    objectStore: 'local-files',
    catalog: 'local',
    queryEngine: 'duckdb',
    database: 'sqlite',
    itemStore: 'sqlite',
    jobQueue: 'sqlite',
  },
} as const;

/**
 * THE choice: capability × setting → adapter. Each is imported only when it is chosen, so an engine or SDK that is not
 * used never loads. A new adapter is one file, one line here and one line in its contract's spec.
 */
const choices = {
  database: {
    sqlite: async ({ config }: Context) => {
      const { SqliteDatabase } = await import('./database/sqlite/sqlite.database.js');
      return SqliteDatabase.open(join(config.dataDirectory, 'tabletalk.db'));
    },
  },
  objectStore: {
    'local-files': async ({ config }: Context) => {
      const { LocalFilesObjectStore } = await import('./object-store/local-files/local-files.object-store.js');
      return LocalFilesObjectStore.open(
        resolve(config.dataDirectory, 'objects'),
        resolve(config.dataDirectory, 'scratch'),
      );
    },
  },
  catalog: {
    local: async (_: Context, { database, clock }: Pick<Adapters, 'database' | 'clock'>) => {
      const { LocalCatalog } = await import('./catalog/local/local.catalog.js');
      return new LocalCatalog(database, clock);
    },
  },
  itemStore: {
    sqlite: async (_: Context, { database, clock }: Pick<Adapters, 'database' | 'clock'>) => {
      const { SqliteDatabase } = await import('./database/sqlite/sqlite.database.js');
      const { SqliteItemStore } = await import('./item-store/sqlite/sqlite.item-store.js');
      if (!(database instanceof SqliteDatabase))
        throw new StartupError(
          'ITEM_STORE=sqlite keeps items in the file of DATABASE=sqlite: choose both, or neither.',
        );
      return new SqliteItemStore(database, clock);
    },
  },
  jobQueue: {
    sqlite: async ({ logger }: Context, { database, clock }: Pick<Adapters, 'database' | 'clock'>) => {
      const { SqliteJobQueue } = await import('./job-queue/sqlite/sqlite.job-queue.js');
      return new SqliteJobQueue(database, clock, { logger });
    },
  },
  mailer: {
    none: async () => {
      const { NoMailer } = await import('./mailer/none.mailer.js');
      return new NoMailer();
    },
    smtp: async ({ config }: Context) => {
      const { SmtpMailer } = await import('./mailer/smtp.mailer.js');
      return new SmtpMailer({ url: config.smtpUrl!, from: config.mailFrom! });
    },
  },
  queryEngine: {
    duckdb: async ({ config }: Context, { objectStore }: Pick<Adapters, 'objectStore'>, workers: DuckDbWorkers) => {
      const { DuckDbQueryEngine } = await import('./query-engine/duckdb/duckdb.query-engine.js');
      return new DuckDbQueryEngine(workers, objectStore, { pricePerTerabyte: config.queryPricePerTerabyte });
    },
  },
  languageModel: {
    'openai-compatible': async (context: Context, { clock }: Pick<Adapters, 'clock'>) => {
      const { openAiBaseUrl: baseUrl, openAiModelId: defaultModelId, openAiApiKey: apiKey } = context.config;
      if (baseUrl === undefined || defaultModelId === undefined) return undefined;
      const { OpenAiCompatibleLanguageModel } =
        await import('./language-model/openai-compatible/openai-compatible.language-model.js');
      return new OpenAiCompatibleLanguageModel({
        ...streamingOptions(context, clock),
        baseUrl,
        defaultModelId,
        apiKey,
      });
    },
    bedrock: async (context: Context, { clock }: Pick<Adapters, 'clock'>) => {
      const {
        bedrockModelId: defaultModelId,
        bedrockGuardrailId: id,
        bedrockGuardrailVersion: version,
      } = context.config;
      if (defaultModelId === undefined) return undefined;
      const { BedrockLanguageModel } = await import('./language-model/bedrock/bedrock.language-model.js');
      const guardrail = id === undefined ? undefined : { id, version };
      return BedrockLanguageModel.open({ ...streamingOptions(context, clock), defaultModelId, guardrail });
    },
  },
};

interface Context extends Plumbing {
  readonly config: Config;
}

/** Opens the chosen adapters in the order in which they build on each other. */
export async function createAdapters(config: Config, plumbing: Plumbing): Promise<Adapters> {
  const context = { config, ...plumbing };
  const chosen = profiles[config.providers];
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const each of opened.toReversed()) await each.close();
  };
  try {
    const clock = new SystemClock();
    const database = await choices.database[config.database ?? chosen.database](context);
    opened.push(database);
    const objectStore = await choices.objectStore[config.objectStore ?? chosen.objectStore](context);
    const catalog = await choices.catalog[config.catalog ?? chosen.catalog](context, { database, clock });
    const itemStore = await choices.itemStore[config.itemStore ?? chosen.itemStore](context, { database, clock });
    const jobQueue = await choices.jobQueue[config.jobQueue ?? chosen.jobQueue](context, { database, clock });
    const mailer = await choices.mailer[config.smtpUrl === undefined ? 'none' : 'smtp'](context);
    const workers = await startWorkers(config, objectStore, plumbing.metrics);
    opened.push(workers);
    const queryEngine = await choices.queryEngine[config.queryEngine ?? chosen.queryEngine](
      context,
      { objectStore },
      workers,
    );
    const languageModels = await openLanguageModels(context, clock);
    const { DuckDbTableConverter } = await import('./table-converter/duckdb.table-converter.js');
    const { DuckDbTableProfiler } = await import('./table-profiler/duckdb.table-profiler.js');
    const tableConverter = new DuckDbTableConverter(workers, objectStore, {
      maxExpandedBytes: config.uploadExpandedMaxBytes,
    });
    const tableProfiler = new DuckDbTableProfiler(workers, objectStore);
    const warmUp = () => workers.start();
    return {
      clock,
      database,
      objectStore,
      catalog,
      itemStore,
      jobQueue,
      languageModels,
      mailer,
      queryEngine,
      tableConverter,
      tableProfiler,
      warmUp,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** All that are set up, for chatbots choose among them. */
async function openLanguageModels(context: Context, clock: Clock): Promise<LanguageModels> {
  const models = await Promise.all(Object.values(choices.languageModel).map((open) => open(context, { clock })));
  return new LanguageModels(
    models.filter((model) => model !== undefined),
    context.config.languageModel,
  );
}

function streamingOptions({ config, logger }: Context, clock: Clock): StreamingOptions {
  return {
    clock,
    logger,
    deadlines: {
      firstTokenMs: config.modelFirstTokenSeconds * 1000,
      idleMs: config.modelIdleSeconds * 1000,
      totalMs: config.modelTotalSeconds * 1000,
    },
    maxAttempts: config.modelMaxAttempts,
    prices: config.modelPrices,
  };
}

/** The folder of keys that the embedded stores keep. */
export function secretsDirectory(config: Config): string {
  return join(config.dataDirectory, 'secrets');
}

async function startWorkers(config: Config, objectStore: ObjectStore, metrics: Metrics): Promise<DuckDbWorkers> {
  const { DuckDbWorkers } = await import('./duckdb-workers/duckdb-workers.js');
  return new DuckDbWorkers(config, objectStore.scratchDirectory, metrics);
}
