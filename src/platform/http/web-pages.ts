import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
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
export async function serveWebPages(fastify: FastifyInstance, wanted: boolean, folder = exported): Promise<void> {
  if (!wanted || !existsSync(join(folder, 'index.html'))) {
    fastify.get('/', (_request, reply) => reply.redirect('/docs', 302));
    return;
  }
  const pages = new Pages();
  await fastify.register(fastifyStatic, {
    root: folder,
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
      if (file.endsWith('.html')) reply.header('content-security-policy', pages.read(file).policy);
    },
  });
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 404 || !isForPage(request)) return payload;
    const { html, policy } = pages.read(join(folder, '404.html'));
    reply.header('content-type', 'text/html; charset=utf-8');
    reply.header('content-length', Buffer.byteLength(html));
    reply.header('content-security-policy', policy);
    return html;
  });
}

/** Whether somebody has typed an address or followed a link, as against a program that asks the API. */
function isForPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && !url.startsWith('/api/') && /\btext\/html\b/.test(headers.accept ?? '')
  );
}

interface Page {
  readonly html: string;
  readonly policy: string;
  readonly writtenMs: number;
}

/** Pages with their policies, worked out when they are first asked for and when the page was built anew. */
class Pages {
  private readonly known = new Map<string, Page>();

  read(file: string): Page {
    const writtenMs = statSync(file).mtimeMs;
    const known = this.known.get(file);
    if (known?.writtenMs === writtenMs) return known;
    const html = readFileSync(file, 'utf8');
    const page = { html, policy: pagePolicy(html), writtenMs };
    this.known.set(file, page);
    return page;
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
