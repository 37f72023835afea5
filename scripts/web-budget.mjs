// How much script each page asks for before anybody has done anything: compressed bytes, as the service sends them. Fails
// when that is more than the page may. What comes later (editor, charts) test/web/every-page.e2e-spec.ts counts.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildWeb, root } from './lib/prepare.mjs';

const entrances = new Set(['setup', 'sign-in', 'invitation']);
const kilobytes = (page) => (entrances.has(page) ? 250 : 600);

buildWeb();
const exported = join(root, 'web/out');
const pages = readdirSync(exported, { recursive: true, withFileTypes: true })
  .filter(({ name }) => name === 'index.html')
  .map(({ parentPath }) => relative(exported, parentPath))
  .sort();

let exceeded = false;
for (const page of pages) {
  const used = firstScripts(page).reduce((sum, script) => sum + compressedBytes(script), 0) / 1000;
  const allowed = kilobytes(page);
  if (used > allowed) exceeded = true;
  console.log(`${used > allowed ? 'FAIL' : 'ok  '} /${page} ${used.toFixed(1)} KB of ${allowed} KB`);
}
process.exit(exceeded ? 1 : 0);

/** Those that browsers of today load, each once; `noModule` is for older ones. */
function firstScripts(page) {
  const html = readFileSync(join(exported, page, 'index.html'), 'utf8');
  const tags = [...html.matchAll(/<script\b[^>]*>/g), ...html.matchAll(/<link\b[^>]*\bas="script"[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/\bnomodule\b/i.test(tag));
  return [...new Set(tags.map((tag) => /\s(?:src|href)="\/([^"?]+)/.exec(tag)?.[1]).filter(Boolean))];
}

function compressedBytes(script) {
  return gzipSync(readFileSync(join(exported, script)), { level: 9 }).length;
}
