import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { FoundationModule } from './foundation.module.js';
import { serveSocketDocumentation } from './modules/chat/socket/async-api.js';
import { StartupError } from './platform/errors/startup-error.js';
import { createFastify } from './platform/http/fastify.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { StrictValidationPipe } from './platform/http/validation.pipe.js';
import { serveWebPages } from './platform/http/web-pages.js';
import { Lifecycle } from './platform/lifecycle/lifecycle.js';
import { createLogger, NestLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { serveDocumentation } from './platform/openapi/openapi.js';
import { KeyRing } from './platform/security/key-ring.js';
import { SocketAdapter } from './platform/ws/socket-adapter.js';
import { type Adapters, createAdapters, secretsDirectory } from './providers/adapters.js';

/** What a caller may replace: tests pass a clock, a failing store, a silent logger. */
export interface Overrides {
  readonly logger?: Logger;
  readonly adapters?: (adapters: Adapters) => Adapters;
}

/** The whole service in one process. */
export interface App {
  readonly nest: NestFastifyApplication;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly adapters: Adapters;
  /** Begins to take jobs and requests; returns the address. Port 0 picks a free one. */
  listen(): Promise<string>;
  /** Readiness off, drain, then close: requests and jobs get `SHUTDOWN_GRACE_SECONDS` to finish. */
  close(): Promise<void>;
}

/** Builds the app for `main.ts`, the tests and the scripts alike. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const logger = overrides.logger ?? createLogger(config);
  const lifecycle = new Lifecycle();
  const metrics = new Metrics();
  requireFolder(config.dataDirectory);
  const keys = KeyRing.open(config.masterKey, secretsDirectory(config), config.previousMasterKeys);
  const created = await createAdapters(config, { logger, metrics });
  const adapters = overrides.adapters?.(created) ?? created;
  try {
    await adapters.database.migrate();
    const nest = await createNest(config, { logger, lifecycle, metrics, keys, adapters });
    return {
      nest,
      logger,
      metrics,
      adapters,
      listen: () => listen(nest, adapters, config),
      close: () => close(nest, adapters, lifecycle, config),
    };
  } catch (error) {
    await adapters.close();
    throw error;
  }
}

function requireFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartupError(
      `The folder ${resolve(folder)} cannot be used for data (${(error as NodeJS.ErrnoException).code}). ` +
        'Name one that this user may create and write to with DATA_DIR.',
      { cause: error },
    );
  }
}

type Parts = { logger: Logger; lifecycle: Lifecycle; metrics: Metrics; keys: KeyRing; adapters: Adapters };

async function createNest(config: Config, parts: Parts): Promise<NestFastifyApplication> {
  const { logger, lifecycle, metrics } = parts;
  const nest = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(FoundationModule.of({ config, ...parts })),
    createFastify(config, logger, lifecycle, metrics),
    { logger: new NestLogger(logger), abortOnError: false, bodyParser: false, forceCloseConnections: false },
  );
  nest.setGlobalPrefix('api/v1', {
    exclude: ['health', 'health/live', 'health/ready', 'problems', 'problems/:slug'],
  });
  nest.useGlobalPipes(new StrictValidationPipe());
  nest.useGlobalFilters(new ProblemFilter(logger));
  if (config.corsOrigins.length > 0) enableCors(nest, config.corsOrigins);
  nest.useWebSocketAdapter(new SocketAdapter(nest));
  await serveDocumentation(nest);
  serveSocketDocumentation(nest);
  await serveWebPages(nest.getHttpAdapter().getInstance(), config.webPage === 'on');
  await nest.init();
  await nest.getHttpAdapter().getInstance().ready();
  return nest;
}

function enableCors(nest: NestFastifyApplication, origins: readonly string[]): void {
  nest.enableCors({
    origin: [...origins],
    allowedHeaders: [
      'authorization',
      'content-type',
      'x-workspace-id',
      'x-request-id',
      'idempotency-key',
      'if-match',
      'if-none-match',
      'last-event-id',
      'tus-resumable',
      'upload-length',
      'upload-metadata',
      'upload-offset',
    ],
    exposedHeaders: [
      'location',
      'etag',
      'x-request-id',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'tus-extension',
      'tus-max-size',
      'tus-resumable',
      'tus-version',
      'upload-expires',
      'upload-id',
      'upload-length',
      'upload-offset',
    ],
    maxAge: 600,
  });
}

async function listen(nest: NestFastifyApplication, adapters: Adapters, config: Config): Promise<string> {
  await adapters.jobQueue.start();
  const address = await bind(nest, config);
  adapters.warmUp();
  return address;
}

async function bind(nest: NestFastifyApplication, { host, port }: Config): Promise<string> {
  try {
    return await nest.getHttpAdapter().getInstance().listen({ host, port });
  } catch (error) {
    const reason = bindFaults[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new StartupError(`The service cannot listen on ${host}:${port}: ${reason}`, { cause: error });
  }
}

const bindFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does already. Stop that one, or choose another port with PORT (0 picks a free one).',
  EADDRNOTAVAIL: 'this machine does not have that address. Choose another with HOST.',
  ENOTFOUND: 'there is no such address. Choose another with HOST.',
  EACCES: 'this user may not use that port. Choose one above 1023 with PORT.',
};

async function close(
  nest: NestFastifyApplication,
  adapters: Adapters,
  lifecycle: Lifecycle,
  config: Config,
): Promise<void> {
  lifecycle.beginDraining();
  await adapters.clock.sleep(config.drainDelaySeconds * 1000);
  const graceMs = config.shutdownGraceSeconds * 1000;
  lifecycle.beginStopping(graceMs);
  const server = nest.getHttpServer();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    // A request that is being answered may still begin something, so what it needs for that is closed after it.
    const answered = new Promise((resolve) => server.close(resolve));
    await Promise.all([answered.then(() => nest.close()), adapters.jobQueue.stop(graceMs)]);
  } finally {
    clearTimeout(cut);
    await adapters.close();
  }
}
