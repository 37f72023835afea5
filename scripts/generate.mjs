// npm run generate: writes everything that is generated from the sources. With --check it only compares, and fails when
// a committed file is not what the sources say.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from '../dist/generated-files.js';
import { root } from './lib/prepare.mjs';
import { webClient } from './lib/web-client.mjs';

const check = process.argv.includes('--check');
const stale = [];

const files = await generatedFiles();
const generated = { ...files, 'web/src/lib/api/schema.ts': await webClient(files['docs/openapi.json']) };

for (const [file, content] of Object.entries(generated)) {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
  if (check) {
    stale.push(file);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    console.log(`wrote ${file}`);
  }
}

if (stale.length > 0) {
  console.error(
    `Not what the sources say: ${stale.join(', ')}. Run "npm run build && npm run generate" and commit the result.`,
  );
  process.exit(1);
}
process.exit(0);
