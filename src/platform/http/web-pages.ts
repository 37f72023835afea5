import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Where `npm start` exports the web page to, beside the service's own code. */
const exported = fileURLToPath(new URL('../../../web/out', import.meta.url));

/**
 * Serves the exported pages and their scripts, compressed beforehand. Pages are asked for anew each time, what their
 * addresses' hashes name is kept for ever. Every page gets a policy that allows its own inline scripts by their hashes
 * and no other. Addresses that are no file fall through to the service's own answer, in place of which a browser that
 * asks for a page gets one. Without pages (they were not built, or are not wanted) the front door leads to the API's
 * documentation.
 */
export async function serveWebPages(fastify: FastifyInstance, wanted: boolean): Promise<void> {
  if (!wanted || !existsSync(join(exported, 'index.html'))) {
    fastify.get('/', (_request, reply) => reply.redirect('/docs', 302));
    return;
  }
  const policies = new PagePolicies();
  await fastify.register(fastifyStatic, {
    root: exported,
    prefix: '/',
    decorateReply: false,
    preCompressed: true,
    dotfiles: 'ignore',
    redirect: true,
    cacheControl: false,
    lastModified: false,
    setHeaders: (reply, path) => {
      const file = path.replace(/\.(br|gz)$/, '');
      const isNamedByHash = file.includes('/_next/static/');
      reply.header('cache-control', isNamedByHash ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (file.endsWith('.html')) reply.header('content-security-policy', policies.of(file));
    },
  });
  const page = readFileSync(join(exported, '404.html'), 'utf8');
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 404 || !isForPage(request)) return payload;
    reply.header('content-type', 'text/html; charset=utf-8');
    reply.header('content-length', Buffer.byteLength(page));
    reply.header('content-security-policy', policies.of(join(exported, '404.html')));
    return page;
  });
}

/** Whether somebody has typed an address or followed a link, as against a program that asks the API. */
function isForPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && !url.startsWith('/api/') && /\btext\/html\b/.test(headers.accept ?? '')
  );
}

/** The policy of each page, worked out when it is first asked for. */
class PagePolicies {
  private readonly known = new Map<string, string>();

  of(file: string): string {
    let policy = this.known.get(file);
    if (policy === undefined) {
      policy = pagePolicy(readFileSync(file, 'utf8'));
      this.known.set(file, policy);
    }
    return policy;
  }
}

/**
 * Scripts come from this service or are the page's own, by hash. Styles may stand in the page, since the editor, the
 * charts and the dialogs place themselves with them; with pictures, fonts and connections bound to this service no style
 * can carry anything away.
 */
function pagePolicy(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = inline.map(([, code]) => `'sha256-${createHash('sha256').update(code!).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...new Set(hashes)].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
