import type { FastifyReply } from 'fastify';
import { entityTag } from './entity-tag.js';

/** What is shown of a thing that counts its changes, and the count. */
export interface Versioned<Shown> {
  readonly shown: Shown;
  readonly version: number;
}

/** Puts the version into the answer's ETag, and returns the rest of the answer. */
export function withEntityTag<Shown>(reply: FastifyReply, { shown, version }: Versioned<Shown>): Shown {
  void reply.header('etag', entityTag(version));
  return shown;
}
