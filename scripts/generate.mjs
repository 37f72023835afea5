// npm run generate: writes everything that is generated from the sources. With --check it only compares, and fails when
// a committed file is not what the sources say.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from '../dist/generated-files.js';
import { root } from './lib/prepare.mjs';

const check = process.argv.includes('--check');
const stale = [];

for (const [file, content] of Object.entries(await generatedFiles())) {
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
