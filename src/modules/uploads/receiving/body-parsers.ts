import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { UnsupportedMediaType } from '../../../platform/errors/common-problems.js';
import { tusContentType } from '../resumable/tus.js';
import { contentTypeOf } from './upload-body.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Content types whose bodies the route reads as a stream. Set with `@RouteConfig({ bodies: [...] })`. */
    bodies?: readonly string[];
  }
}

/** What the body of `POST /uploads` may be when it is the file itself. */
export const fileContentTypes = [
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/csv',
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
] as const;

/** Leaves the bodies of files unread, for their routes to stream; every other route refuses such content types. */
@Injectable()
export class BodyParsers implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.host.httpAdapter.getInstance();
    // Not awaited: that would end Fastify's own start-up before the error handler is set.
    void fastify.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        fileSize: Infinity,
        fieldNameSize: 200,
        fieldSize: 1000,
        fields: 2,
        files: 2,
        parts: 2,
        headerPairs: 50,
      },
    });
    fastify.addContentTypeParser([...fileContentTypes, tusContentType], (request, _payload, done) => {
      const type = contentTypeOf(request);
      if (request.routeOptions.config.bodies?.includes(type)) done(null);
      else done(new UnsupportedMediaType(`This call does not take a body of the content type ${type.slice(0, 100)}.`));
    });
  }
}
