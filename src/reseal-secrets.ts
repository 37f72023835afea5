import type { Logger } from 'pino';
import { Config } from './config/config.js';
import { SourceSecrets } from './modules/ingestion/source-secrets.js';
import { SourcesRepository } from './modules/sources/sources.repository.js';
import { HttpToolsRepository } from './modules/tools/http-tools.repository.js';
import { ToolSecrets } from './modules/tools/tool-secrets.js';
import { createLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { type Adapters, createSecretAdapters } from './providers/adapters.js';
import { reseal } from './providers/secret-sealer/reseal.js';

/**
 * Seals the secrets of sources and tools with the key that is used now and ends, so that an earlier master key, or another
 * key of AWS KMS, can go. Beside a running service where the database is shared, else while it is stopped. Ends with 1 when
 * one could not be opened.
 */
export async function resealSecrets(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    const config = Config.read(environment);
    if (!(await run(config, createLogger(config)))) process.exit(1);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

async function run(config: Config, logger: Logger): Promise<boolean> {
  const adapters = await createSecretAdapters(config, { logger, metrics: new Metrics() });
  try {
    return await resealAll(adapters, logger);
  } finally {
    await adapters.close();
  }
}

/** False when there are secrets that cannot be opened. */
async function resealAll(
  { database, secretSealer }: Pick<Adapters, 'database' | 'secretSealer'>,
  logger: Logger,
): Promise<boolean> {
  const kinds = [
    ['sources', new SourceSecrets(secretSealer, new SourcesRepository(database))],
    ['tools', new ToolSecrets(secretSealer, new HttpToolsRepository(database))],
  ] as const;
  let allOpen = true;
  for (const [kind, secrets] of kinds) {
    const { resealed, untouched, unreadable } = await reseal(secretSealer, secrets.stored());
    logger.info(
      { resealed, untouched, unreadable: unreadable.length },
      `The secrets of ${kind} are sealed with: ${secretSealer.description}`,
    );
    for (const { workspaceId, id } of unreadable)
      logger.error(
        { workspace_id: workspaceId, id },
        `A secret of ${kind} opens with no key that is known and must be set anew`,
      );
    allOpen &&= unreadable.length === 0;
  }
  return allOpen;
}
