import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attachment } from './content-disposition.js';

export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  /** Opens the content. The signal is aborted when the client goes away. */
  readonly open: (signal: AbortSignal) => Promise<Readable>;
}

/**
 * Answers with a file to be saved, as fast as the client reads it and no faster. A content that breaks off cuts the
 * connection, so that nobody takes a part for the whole.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, contentType, open }: SentFile,
): Promise<void> {
  const leaving = new AbortController();
  reply.raw.once('close', () => leaving.abort());
  const content = await open(leaving.signal);
  void reply.headers({ 'content-type': contentType, 'content-disposition': attachment(name) });
  if (request.method !== 'HEAD') return void reply.send(content);
  content.destroy();
  void reply.send('');
}
