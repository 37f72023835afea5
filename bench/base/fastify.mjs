// The least that could be done with Fastify alone: answer, send the rows of a file, store an upload durably.
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import multipart from '@fastify/multipart';
import Fastify from 'fastify';

const folder = mkdtempSync(join(tmpdir(), 'tabletalk-base-'));
const rows = process.argv[2] ? readFileSync(process.argv[2], 'utf8') : '{}';
const app = Fastify();
await app.register(multipart, { limits: { fileSize: 100e9 } });

app.get('/health', () => ({ ok: true }));
app.get('/rows', (_request, reply) => reply.type('application/json').send(rows));
app.post('/upload', async (request) => {
  const part = await request.file();
  const path = join(folder, 'upload');
  await pipeline(part.file, createWriteStream(path));
  const file = await open(path);
  await file.sync();
  await file.close();
  return { ok: true };
});

console.log(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
process.on('SIGTERM', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
