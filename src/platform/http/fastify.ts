import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import { Lifecycle } from '../lifecycle/lifecycle.js';
import { Metrics } from '../metrics/metrics.js';
import { sendProblem } from './problem.filter.js';
import { withRequestId } from './request-context.js';
import { documentationPolicy, securityHeaders } from './security-headers.js';

declare module 'fastify' {
  interface FastifyInstance {
    lifecycle: Lifecycle;
  }
  interface FastifyRequest {
    /** A JSON body as it came, for those who must verify what was signed. */
    jsonText: string | undefined;
  }
}

/** Fastify, set up as every route expects it: request ids, security headers, JSON bodies, one log line a request. */
export function createFastify(config: Config, logger: Logger, lifecycle: Lifecycle, metrics: Metrics): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: config.bodyLimitBytes,
    // The connection's peer is hop 0; only what the nearest proxies say of those before them is believed.
    trustProxy: (_address: string, hop: number) => hop < config.trustedProxyHops,
    genReqId: requestId,
    requestIdHeader: false,
    logger: false,
    forceCloseConnections: 'idle',
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 500 },
    // For addresses that cannot be read, which therefore belong to no route and meet no hook.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(securityHeaders).header('x-request-id', request.id);
      sendProblem(error, request, reply, logger);
    },
  });
  const fastify = adapter.getInstance() as FastifyInstance;
  fastify.decorate('lifecycle', lifecycle);
  fastify.server.headersTimeout = 20_000;
  addHooks(fastify, logger, metrics);
  closeConnectionsWhileDraining(fastify, lifecycle);
  acceptJson(fastify);
  return adapter;
}

/** An id that the client sends is kept when it is harmless. */
function requestId(request: { headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

function addHooks(fastify: FastifyInstance, logger: Logger, metrics: Metrics): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders);
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/docs')) reply.header('content-security-policy', documentationPolicy);
    withRequestId(request.id, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    // The pattern, not the address: addresses may carry tokens and names.
    const route = request.routeOptions.url ?? 'none';
    const clientLeft = reply.raw.destroyed && !reply.raw.writableFinished;
    const status = clientLeft ? 499 : reply.statusCode;
    metrics.observeRequest(request.method, route, status, reply.elapsedTime / 1000);
    logger.info(
      {
        method: request.method,
        route,
        status,
        duration_ms: Math.round(reply.elapsedTime * 10) / 10,
        request_id: request.id,
      },
      'request',
    );
    done();
  });
}

/** A connection that is kept alive would hold up the end of the process. */
function closeConnectionsWhileDraining(fastify: FastifyInstance, lifecycle: Lifecycle): void {
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (lifecycle.draining) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    if (lifecycle.draining) request.raw.socket.destroySoon();
    done();
  });
}

/** JSON and nothing else; an empty body counts as none, since many clients send the header on every POST. */
function acceptJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.decorateRequest('jsonText', undefined);
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    request.jsonText = body;
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}
