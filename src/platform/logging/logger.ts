import { type LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from '../../config/config.js';
import { currentRequestId } from '../http/request-context.js';

/** Wherever one of these names appears in a logged object, its value is not written. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'secret',
  'masterKey',
  'ownerPassword',
  'openAiApiKey',
];

const redactedPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** The process's one logger: JSON lines, or readable text on a terminal. Every line carries the request id there is. */
export function createLogger(
  config: Pick<Config, 'logLevel' | 'logFormat'>,
  destination: DestinationStream = process.stdout,
): Logger {
  const pretty = config.logFormat === 'pretty' || (config.logFormat === 'auto' && process.stdout.isTTY);
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '[redacted]' },
      mixin: () => {
        const requestId = currentRequestId();
        return requestId === undefined ? {} : { request_id: requestId };
      },
    },
    pretty ? PinoPretty({ colorize: process.stdout.isTTY, translateTime: 'HH:MM:ss', destination }) : destination,
  );
}

/** Lets Nest's own messages go through the process's logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    this.logger.error({ details, ...(message instanceof Error ? { err: message } : {}) }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }

  fatal(message: unknown, context?: string): void {
    this.logger.fatal({ context }, String(message));
  }
}

/** Injection token of the process's logger (pino's `Logger` is an interface, so it cannot be one itself). */
export const APP_LOGGER = Symbol('logger');
