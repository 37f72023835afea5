import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { sendFile } from '../../platform/http/send-file.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { contentTypes } from '../queries/domain/content-types.js';
import { QueryResultsService } from '../queries/query-results.service.js';
import { notModified, type Validators } from './domain/not-modified.js';
import { FeedReader } from './feed-reader.js';

export type FeedFormat = 'csv' | 'json' | 'parquet';

/** Answers readers of feeds: with the file, or with 304 when they have it already. */
@Injectable()
export class FeedFiles {
  constructor(
    private readonly reader: FeedReader,
    private readonly results: QueryResultsService,
    private readonly audit: AuditLog,
  ) {}

  async send(
    caller: Caller,
    feedId: string,
    format: FeedFormat,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { token: _token, raw: rawText, ...address } = request.query as Record<string, unknown>;
    const raw = readRaw(rawText);
    const { feed, query } = await this.reader.read(caller, feedId, address);
    const validators: Validators = {
      etag: `"${query.query_id}.${format}${raw ? '.raw' : ''}"`,
      modifiedAt: new Date(query.finished_at!),
    };
    const { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } = request.headers;
    const unchanged = notModified(validators, { ifNoneMatch, ifModifiedSince });
    const detail = { format, query_id: query.query_id, unchanged };
    await this.audit.record({ ...caller, action: 'feed.read', object: feedId, outcome: 'allowed', detail });
    void reply.headers({
      etag: validators.etag,
      'last-modified': validators.modifiedAt.toUTCString(),
      // The reader may keep a copy of its own, but has to ask each time whether it is still right.
      'cache-control': 'private, no-cache',
    });
    if (unchanged) return void reply.status(304).send();
    await sendFile(request, reply, {
      name: `${feed.name}.${format}`,
      contentType: contentTypes[format],
      open: (signal) => this.results.open(query, { format, raw }, signal),
    });
  }
}

function readRaw(text: unknown): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw new InvalidRequest([{ pointer: '?raw', detail: 'must be true or false' }]);
}
