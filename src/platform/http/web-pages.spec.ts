import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { serveWebPages } from './web-pages.js';

describe('web pages', () => {
  const createFolder = temporaryFolders();

  it('that are built anew under a running service run their new scripts', async () => {
    const folder = createFolder();
    const build = (script: string, at: Date) => {
      for (const name of ['index.html', '404.html']) {
        writeFileSync(join(folder, name), `<html><script>${script}</script></html>`);
        utimesSync(join(folder, name), at, at);
      }
    };
    const allows = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
    build('first()', new Date('2026-01-01'));
    const fastify = Fastify();
    await serveWebPages(fastify, true, folder);

    for (const [script, day] of [
      ['first()', '2026-01-01'],
      ['second()', '2026-01-02'],
    ] as const) {
      build(script, new Date(day));
      for (const url of ['/', '/nowhere']) {
        const { body, headers } = await fastify.inject({ url, headers: { accept: 'text/html' } });
        expect(body).toContain(script);
        expect(headers['content-security-policy']).toContain(`script-src 'self' ${allows(script)};`);
      }
    }
    await fastify.close();
  });
});
