import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { itemMigrations } from '../migrations/migrations.js';
import { StartupError } from '../platform/errors/startup-error.js';
import type { Metrics } from '../platform/metrics/metrics.js';
import { KeyRing } from '../platform/security/key-ring.js';
import type { Catalog } from './catalog/catalog.js';
import type { Crawler } from './catalog/crawler.js';
import { NoCrawler } from './catalog/none.crawler.js';
import type { Clock } from './clock/clock.js';
import { SystemClock } from './clock/system.clock.js';
import { Connectors } from './connectors/connectors.js';
import type { Database } from './database/database.js';
import type { DuckDbWorkers } from './duckdb-workers/duckdb-workers.js';
import type { Embedder } from './embedder/embedder.js';
import type { RemoteEmbedderOptions } from './embedder/remote.embedder.js';
import type { ItemStore } from './item-store/item-store.js';
import { declaredTables } from './item-store/item-tables.js';
import type { JobQueue } from './job-queue/job-queue.js';
import { LanguageModels } from './language-model/language-models.js';
import type { StreamingOptions } from './language-model/streaming.language-model.js';
import { LocalCopies } from './local-copies/local-copies.js';
import type { Mailer } from './mailer/mailer.js';
import type { ObjectStore } from './object-store/object-store.js';
import type { S3ObjectStore } from './object-store/s3/s3.object-store.js';
import type { PartialFiles } from './partial-files/partial-files.js';
import type { PassageIndex } from './passage-index/passage-index.js';
import type { QueryEngine } from './query-engine/query-engine.js';
import type { SecretSealer } from './secret-sealer/secret-sealer.js';
import type { TableConverter } from './table-converter/table-converter.js';
import type { TableProfiler } from './table-profiler/table-profiler.js';
import type { TextAnalyst } from './text-analyst/text-analyst.js';

/** One adapter for each capability. */
export interface Adapters {
  readonly clock: Clock;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly partialFiles: PartialFiles;
  readonly catalog: Catalog;
  readonly crawler: Crawler;
  readonly queryEngine: QueryEngine;
  readonly tableConverter: TableConverter;
  readonly tableProfiler: TableProfiler;
  readonly itemStore: ItemStore;
  readonly jobQueue: JobQueue;
  readonly languageModels: LanguageModels;
  readonly embedder: Embedder;
  readonly passageIndex: PassageIndex;
  readonly connectors: Connectors;
  readonly mailer: Mailer;
  readonly secretSealer: SecretSealer;
  readonly textAnalyst: TextAnalyst;
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
    secretSealer: 'local',
  },
  aws: {
    objectStore: 's3',
    catalog: 'glue',
    queryEngine: 'athena',
    database: 'postgres',
    itemStore: 'dynamodb',
    jobQueue: 'pg-boss',
    secretSealer: 'kms',
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
    postgres: async ({ config, logger }: Context) => {
      if (config.masterKey === undefined)
        throw new StartupError(
          'DATABASE=postgres needs MASTER_KEY: processes that share a database must accept what the others have signed.',
        );
      const { connectionSettings } = await import('./database/postgres/connection-settings.js');
      const { PostgresDatabase } = await import('./database/postgres/postgres.database.js');
      return PostgresDatabase.open(await connectionSettings(config, logger));
    },
  },
  objectStore: {
    'local-files': async ({ config }: Context) => {
      const { LocalFilesObjectStore } = await import('./object-store/local-files/local-files.object-store.js');
      return LocalFilesObjectStore.open(resolve(config.dataDirectory, 'objects'), scratchDirectory(config));
    },
    s3: async ({ config }: Context) => {
      const { S3ObjectStore } = await import('./object-store/s3/s3.object-store.js');
      return S3ObjectStore.open({
        bucket: config.s3Bucket!,
        prefix: config.s3Prefix,
        kmsKeyId: config.s3KmsKeyId,
        forcePathStyle: config.s3ForcePathStyle === 'true',
        directSeconds: config.s3PresignedSeconds,
        scratchDirectory: scratchDirectory(config),
      });
    },
  },
  /** As the object store is, so are the files that are to become objects. */
  partialFiles: {
    'local-files': async ({ config }: Context, { objectStore }: Pick<Adapters, 'objectStore'>) => {
      const { LocalPartialFiles } = await import('./partial-files/local/local.partial-files.js');
      return new LocalPartialFiles(objectStore, resolve(config.dataDirectory, 'resumable'));
    },
    s3: async (_: Context, { objectStore }: Pick<Adapters, 'objectStore'>) => {
      const { ObjectPartialFiles } = await import('./partial-files/objects/objects.partial-files.js');
      return new ObjectPartialFiles(objectStore);
    },
  },
  /** With the crawler that looks at its tables, where there is one. */
  catalog: {
    local: async (_: Context, { database, clock }: Pick<Adapters, 'database' | 'clock'>) => {
      const { LocalCatalog } = await import('./catalog/local/local.catalog.js');
      return { catalog: new LocalCatalog(database, clock), crawler: new NoCrawler() };
    },
    glue: async ({ config }: Context, { objectStore, clock }: Pick<Adapters, 'objectStore' | 'clock'>) => {
      const { glueCatalog } = await import('./catalog/glue/glue-catalog-and-crawler.js');
      return glueCatalog(await s3Of(objectStore, 'CATALOG=glue'), clock, config);
    },
  },
  itemStore: {
    sqlite: async ({ config, opened }: Context, { database, clock }: Pick<Adapters, 'database' | 'clock'>) => {
      const { SqliteDatabase } = await import('./database/sqlite/sqlite.database.js');
      const { SqliteItemStore } = await import('./item-store/sqlite/sqlite.item-store.js');
      if (database instanceof SqliteDatabase) return new SqliteItemStore(database, clock);
      // The service's own database is elsewhere, so the items have a file for themselves.
      const file = await SqliteDatabase.open(join(config.dataDirectory, 'items.db'), { migrations: itemMigrations });
      opened.push(file);
      await file.migrate();
      return new SqliteItemStore(file, clock);
    },
    dynamodb: async ({ config }: Context, { clock }: Pick<Adapters, 'clock'>) => {
      const { DynamoDbItemStore } = await import('./item-store/dynamodb/dynamodb.item-store.js');
      return DynamoDbItemStore.open({ tablePrefix: config.dynamoDbTablePrefix, clock }, declaredTables());
    },
  },
  jobQueue: {
    sqlite: async ({ logger }: Context, { database, clock }: Pick<Adapters, 'database' | 'clock'>) => {
      const { RowsJobQueue } = await import('./job-queue/rows/rows.job-queue.js');
      return new RowsJobQueue(database, clock, { logger, soleProcess: !database.isShared });
    },
    'pg-boss': async (
      { config, logger, opened }: Context,
      { database, clock }: Pick<Adapters, 'database' | 'clock'>,
    ) => {
      const { connectionSettings } = await import('./database/postgres/connection-settings.js');
      const { PostgresDatabase } = await import('./database/postgres/postgres.database.js');
      const { PgBossJobQueue } = await import('./job-queue/pg-boss/pg-boss.job-queue.js');
      if (!(database instanceof PostgresDatabase))
        throw new StartupError(
          'JOB_QUEUE=pg-boss keeps jobs in the database of DATABASE=postgres: choose both, or neither.',
        );
      const connection = await connectionSettings(config, logger);
      const queue = await PgBossJobQueue.open(database, connection, clock, { logger });
      opened.push(queue);
      return queue;
    },
  },
  /** Each opens what the other has sealed too, as far as there are keys. */
  secretSealer: {
    local: async ({ config }: Context) => {
      const local = await openLocalSealer(config);
      if (config.secretsKmsKeyId === undefined) return local;
      const { MovingSecretSealer } = await import('./secret-sealer/moving.secret-sealer.js');
      return new MovingSecretSealer(local, await openKmsSealer(config.secretsKmsKeyId));
    },
    kms: async ({ config, logger }: Context) => {
      const { MovingSecretSealer } = await import('./secret-sealer/moving.secret-sealer.js');
      const kms = await openKmsSealer(config.secretsKmsKeyId!);
      // Most of the service does without, so it starts all the same.
      await kms.ping().catch((error: unknown) => {
        logger.warn({ err: error }, 'Secrets of sources and tools can be neither encrypted nor decrypted');
      });
      return new MovingSecretSealer(kms, await openLocalSealer(config));
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
    duckdb: async (
      { config }: Context,
      { objectStore }: Pick<Adapters, 'objectStore'>,
      { workers, copies }: LocalEngines,
    ) => {
      const { DuckDbQueryEngine } = await import('./query-engine/duckdb/duckdb.query-engine.js');
      return new DuckDbQueryEngine(workers, objectStore, { pricePerTerabyte: config.queryPricePerTerabyte, copies });
    },
    athena: async (
      { config }: Context,
      { objectStore: store, clock }: Pick<Adapters, 'objectStore' | 'clock'>,
      { workers, copies }: LocalEngines,
    ) => {
      const objectStore = await s3Of(store, 'QUERY_ENGINE=athena');
      const { DuckDbQueryEngine } = await import('./query-engine/duckdb/duckdb.query-engine.js');
      const { AthenaQueryEngine } = await import('./query-engine/athena/athena.query-engine.js');
      const { createAthenaClient } = await import('./query-engine/athena/athena-client.js');
      const pricing = { pricePerTerabyte: config.queryPricePerTerabyte, copies };
      const local = new DuckDbQueryEngine(workers, objectStore, pricing);
      const readResult = (location: string) => objectStore.getBeside(location);
      const keys = KeyRing.open(config.masterKey, secretsDirectory(config));
      return new AthenaQueryEngine(
        { client: createAthenaClient(), local, workers, objectStore, clock, readResult },
        {
          databasePrefix: config.glueDatabasePrefix,
          workgroupPrefix: config.athenaWorkgroupPrefix,
          outputLocation: `s3://${config.s3Bucket}/${config.athenaOutputPrefix}`,
          kmsKeyId: config.s3KmsKeyId,
          bytesCutoff: config.athenaBytesCutoff,
          reuseMinutes: config.athenaResultReuseMinutes,
          pricePerTerabyte: config.queryPricePerTerabyte,
          tokenKey: keys.key('athena-request-tokens'),
        },
      );
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
  /** As the database is, in which it lies. */
  passageIndex: {
    sqlite: async ({ config }: Context, { database }: Pick<Adapters, 'database'>) => {
      const { SqlitePassageIndex } = await import('./passage-index/sqlite/sqlite.passage-index.js');
      return new SqlitePassageIndex(database, config.vectorMemoryBytes);
    },
    postgres: async ({ config, logger }: Context, { database }: Pick<Adapters, 'database'>) => {
      const { PostgresPassageIndex } = await import('./passage-index/postgres/postgres.passage-index.js');
      return new PostgresPassageIndex(database, { vectorMemoryBytes: config.vectorMemoryBytes, logger });
    },
  },
  embedder: {
    builtin: async () => {
      const { BuiltinEmbedder } = await import('./embedder/builtin/builtin.embedder.js');
      return new BuiltinEmbedder();
    },
    'openai-compatible': async (context: Context, { clock }: Pick<Adapters, 'clock'>) => {
      const { embedderBaseUrl, embedderApiKey, openAiBaseUrl, openAiApiKey } = context.config;
      const { OpenAiCompatibleEmbedder } = await import('./embedder/openai-compatible/openai-compatible.embedder.js');
      return new OpenAiCompatibleEmbedder({
        ...embedderOptions(context, clock),
        baseUrl: embedderBaseUrl ?? openAiBaseUrl!,
        apiKey: embedderBaseUrl === undefined ? openAiApiKey : embedderApiKey,
      });
    },
    bedrock: async (context: Context, { clock }: Pick<Adapters, 'clock'>) => {
      const { BedrockEmbedder } = await import('./embedder/bedrock/bedrock.embedder.js');
      return BedrockEmbedder.open(embedderOptions(context, clock));
    },
  },
};

interface Context extends Plumbing {
  readonly config: Config;
  /** What must be closed, last opened first. */
  readonly opened: { close(): Promise<void> }[];
}

/** What DuckDB runs in, and what brings the objects there. */
interface LocalEngines {
  readonly workers: DuckDbWorkers;
  readonly copies: LocalCopies;
}

/** Opens the chosen adapters in the order in which they build on each other. */
export async function createAdapters(config: Config, plumbing: Plumbing): Promise<Adapters> {
  const opened: Context['opened'] = [];
  const context = { config, opened, ...plumbing };
  const chosen = profiles[config.providers];
  const close = () => closeAll(opened);
  try {
    const clock = new SystemClock();
    const databaseName = config.database ?? chosen.database;
    const { database, secretSealer } = await openSecretStores(context);
    const objectStoreName = config.objectStore ?? chosen.objectStore;
    const objectStore = await choices.objectStore[objectStoreName](context);
    const partialFiles = await choices.partialFiles[objectStoreName](context, { objectStore });
    const catalogName = config.catalog ?? chosen.catalog;
    const { catalog, crawler } = await choices.catalog[catalogName](context, { database, objectStore, clock });
    const itemStore = await choices.itemStore[config.itemStore ?? chosen.itemStore](context, { database, clock });
    plumbing.metrics.gauge(
      'item_store_malformed_items',
      'Stored items that could not be read and were left out, since the start.',
      () => itemStore.malformed,
    );
    const jobQueue = await choices.jobQueue[config.jobQueue ?? chosen.jobQueue](context, { database, clock });
    const mailer = await choices.mailer[config.smtpUrl === undefined ? 'none' : 'smtp'](context);
    const workers = await startWorkers(config, objectStore, plumbing.metrics);
    opened.push(workers);
    const copies = new LocalCopies(objectStore, {
      cacheBytes: config.scratchCacheBytes,
      reserveBytes: config.uploadReserveBytes,
    });
    const queryEngineName = config.queryEngine ?? chosen.queryEngine;
    if (queryEngineName === 'athena' && catalogName !== 'glue') {
      throw new StartupError('QUERY_ENGINE=athena reads the tables of CATALOG=glue: choose both, or neither.');
    }
    const queryEngine = await choices.queryEngine[queryEngineName](
      context,
      { objectStore, clock },
      { workers, copies },
    );
    const languageModels = await openLanguageModels(context, clock);
    const passageIndex = await choices.passageIndex[databaseName](context, { database });
    opened.push(passageIndex);
    const embedder = await choices.embedder[config.embedder](context, { clock });
    const connectors = new Connectors(clock, {
      outside: { allowHttp: config.sourcesAllowHttp === 'true', allowedHosts: config.sourcesAllowedHosts },
      slack: { apiUrl: config.slackApiUrl },
    });
    const { DuckDbTableConverter } = await import('./table-converter/duckdb.table-converter.js');
    const { DuckDbTableProfiler } = await import('./table-profiler/duckdb.table-profiler.js');
    const tableConverter = new DuckDbTableConverter(workers, objectStore, {
      maxExpandedBytes: config.uploadExpandedMaxBytes,
      copies,
    });
    const tableProfiler = new DuckDbTableProfiler(workers, objectStore, copies);
    const { ChildTextAnalyst } = await import('./text-analyst/child/child.text-analyst.js');
    const textAnalyst = new ChildTextAnalyst({
      dataMegabytes: config.analysisDataLimitMegabytes,
      seconds: config.analysisStepSeconds,
    });
    opened.push(textAnalyst);
    const warmUp = () => workers.start();
    return {
      clock,
      database,
      objectStore,
      partialFiles,
      catalog,
      crawler,
      itemStore,
      jobQueue,
      languageModels,
      embedder,
      passageIndex,
      connectors,
      mailer,
      secretSealer,
      queryEngine,
      tableConverter,
      tableProfiler,
      textAnalyst,
      warmUp,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where sealed secrets are and what opens them, for a command that runs beside the service. */
export async function createSecretAdapters(
  config: Config,
  plumbing: Plumbing,
): Promise<Pick<Adapters, 'database' | 'secretSealer' | 'close'>> {
  const opened: Context['opened'] = [];
  const close = () => closeAll(opened);
  try {
    return { ...(await openSecretStores({ config, opened, ...plumbing })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openSecretStores(context: Context): Promise<Pick<Adapters, 'database' | 'secretSealer'>> {
  const { config, opened } = context;
  const chosen = profiles[config.providers];
  const database = await choices.database[config.database ?? chosen.database](context);
  opened.push(database);
  const secretSealer = await choices.secretSealer[config.secretSealer ?? chosen.secretSealer](context);
  return { database, secretSealer };
}

async function closeAll(opened: Context['opened']): Promise<void> {
  for (const each of opened.toReversed()) await each.close();
}

async function openLocalSealer(config: Config): Promise<SecretSealer> {
  const { LocalSecretSealer } = await import('./secret-sealer/local/local.secret-sealer.js');
  return new LocalSecretSealer(KeyRing.open(config.masterKey, secretsDirectory(config), config.previousMasterKeys));
}

async function openKmsSealer(keyId: string): Promise<SecretSealer> {
  const { createKmsClient } = await import('./secret-sealer/kms/kms-client.js');
  const { KmsSecretSealer } = await import('./secret-sealer/kms/kms.secret-sealer.js');
  return new KmsSecretSealer(await createKmsClient(), { keyId });
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

function embedderOptions({ config, logger }: Context, clock: Clock): RemoteEmbedderOptions {
  return {
    clock,
    logger,
    modelId: config.embedderModelId!,
    dimensions: config.embedderDimensions || undefined,
    maxAttempts: config.modelMaxAttempts,
    answerMs: config.modelIdleSeconds * 1000,
  };
}

/** Rejects with `StartupError` where files are not where services of AWS can read them. */
async function s3Of(objectStore: ObjectStore, chosen: string): Promise<S3ObjectStore> {
  const { S3ObjectStore } = await import('./object-store/s3/s3.object-store.js');
  if (objectStore instanceof S3ObjectStore) return objectStore;
  throw new StartupError(`${chosen} reads files in S3: set OBJECT_STORE=s3 too.`);
}

/** The folder of temporary files, emptied at start. */
function scratchDirectory(config: Config): string {
  return resolve(config.dataDirectory, 'scratch');
}

/** The folder of keys that the embedded stores keep. */
export function secretsDirectory(config: Config): string {
  return join(config.dataDirectory, 'secrets');
}

async function startWorkers(config: Config, objectStore: ObjectStore, metrics: Metrics): Promise<DuckDbWorkers> {
  const { DuckDbWorkers } = await import('./duckdb-workers/duckdb-workers.js');
  return new DuckDbWorkers(config, objectStore.scratchDirectory, metrics);
}
