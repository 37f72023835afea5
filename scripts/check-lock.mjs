// The lock file must work with every registry, so it names none; and every entry must say which version it is, or
// `npm ci` refuses it on the platforms whose package was missing when it was written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/prepare.mjs';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const faults = Object.entries(packages).flatMap(([name, entry]) => [
  ...(/^https?:/.test(entry.resolved ?? '') ? [`${name} names a registry address`] : []),
  ...(name.startsWith('node_modules/') && !entry.link && !entry.version ? [`${name} has no version`] : []),
]);
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
