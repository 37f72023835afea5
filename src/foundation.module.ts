import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { Config } from './config/config.js';
import { Lifecycle } from './platform/lifecycle/lifecycle.js';
import { APP_LOGGER } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { CursorCodec } from './platform/paging/cursor.js';
import { KeyRing } from './platform/security/key-ring.js';
import type { Adapters } from './providers/adapters.js';
import { Catalog } from './providers/catalog/catalog.js';
import { Crawler } from './providers/catalog/crawler.js';
import { Clock } from './providers/clock/clock.js';
import { Connectors } from './providers/connectors/connectors.js';
import { Database } from './providers/database/database.js';
import { Embedder } from './providers/embedder/embedder.js';
import { ItemStore } from './providers/item-store/item-store.js';
import { JobQueue } from './providers/job-queue/job-queue.js';
import { LanguageModels } from './providers/language-model/language-models.js';
import { Mailer } from './providers/mailer/mailer.js';
import { ObjectStore } from './providers/object-store/object-store.js';
import { PartialFiles } from './providers/partial-files/partial-files.js';
import { PassageIndex } from './providers/passage-index/passage-index.js';
import { QueryEngine } from './providers/query-engine/query-engine.js';
import { SecretSealer } from './providers/secret-sealer/secret-sealer.js';
import { TableConverter } from './providers/table-converter/table-converter.js';
import { TableProfiler } from './providers/table-profiler/table-profiler.js';
import { TextAnalyst } from './providers/text-analyst/text-analyst.js';

export interface Foundation {
  readonly config: Config;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly metrics: Metrics;
  readonly keys: KeyRing;
  readonly adapters: Adapters;
}

/** Makes settings, plumbing and the chosen adapters injectable everywhere, each under the class that promises it. */
@Global()
@Module({})
export class FoundationModule {
  static of({ config, logger, lifecycle, metrics, keys, adapters }: Foundation): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: APP_LOGGER, useValue: logger },
      { provide: Lifecycle, useValue: lifecycle },
      { provide: Metrics, useValue: metrics },
      { provide: KeyRing, useValue: keys },
      { provide: CursorCodec, useValue: new CursorCodec(keys) },
      { provide: Clock, useValue: adapters.clock },
      { provide: Database, useValue: adapters.database },
      { provide: ObjectStore, useValue: adapters.objectStore },
      { provide: PartialFiles, useValue: adapters.partialFiles },
      { provide: Catalog, useValue: adapters.catalog },
      { provide: Crawler, useValue: adapters.crawler },
      { provide: QueryEngine, useValue: adapters.queryEngine },
      { provide: TableConverter, useValue: adapters.tableConverter },
      { provide: TableProfiler, useValue: adapters.tableProfiler },
      { provide: ItemStore, useValue: adapters.itemStore },
      { provide: JobQueue, useValue: adapters.jobQueue },
      { provide: LanguageModels, useValue: adapters.languageModels },
      { provide: Embedder, useValue: adapters.embedder },
      { provide: PassageIndex, useValue: adapters.passageIndex },
      { provide: Connectors, useValue: adapters.connectors },
      { provide: Mailer, useValue: adapters.mailer },
      { provide: SecretSealer, useValue: adapters.secretSealer },
      { provide: TextAnalyst, useValue: adapters.textAnalyst },
    ];
    return { module: FoundationModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
