import { Config } from './config/config.js';
import { createLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { createAdapters } from './providers/adapters.js';

/**
 * Brings the database to this release and ends, so that a release whose migration fails is known before it replaces the
 * one that runs. The service does the same at every start; whichever comes first, the other finds nothing to do.
 */
export async function migrate(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    await run(Config.read(environment));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function run(config: Config): Promise<void> {
  const logger = createLogger(config);
  const adapters = await createAdapters(config, { logger, metrics: new Metrics() });
  try {
    await adapters.database.migrate();
    logger.info('The database is as this release needs it');
  } finally {
    await adapters.close();
  }
}
