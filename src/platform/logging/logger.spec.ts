import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { withRequestId } from '../http/request-context.js';
import { createLogger, NestLogger } from './logger.js';

function capture() {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  return { lines, logger: createLogger({ logLevel: 'trace', logFormat: 'json' }, destination) };
}

describe('the logger', () => {
  it('R60: never writes secrets, however they are nested', () => {
    const { lines, logger } = capture();
    const canary = 'canary-8d1f';
    logger.info(
      { password: canary, headers: { authorization: canary }, login: { body: { refresh_token: canary } } },
      'sign-in',
    );
    expect(JSON.stringify(lines)).not.toContain(canary);
    expect(lines[0]).toMatchObject({ level: 'info', msg: 'sign-in', password: '[redacted]' });
  });

  it('writes the id of the request that is being served', () => {
    const { lines, logger } = capture();
    withRequestId('req-1', () => logger.info('inside'));
    logger.info('outside');
    expect(lines[0]).toMatchObject({ msg: 'inside', request_id: 'req-1' });
    expect(lines[1]).not.toHaveProperty('request_id');
  });

  it('takes the framework’s messages, errors with their cause', () => {
    const { lines, logger } = capture();
    const nest = new NestLogger(logger);
    nest.log('mapped', 'RouterExplorer');
    nest.error(new Error('broken'));
    expect(lines[0]).toMatchObject({ level: 'debug', context: 'RouterExplorer', msg: 'mapped' });
    expect(lines[1]).toMatchObject({ level: 'error', err: { message: 'broken' } });
  });
});
