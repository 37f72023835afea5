import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist/.workers-built');
/** Written when the service was built, workers and all. */
const builtStamp = join(root, 'dist/.tabletalk-built');

/**
 * Child processes run plain JavaScript from `dist/`, so changed sources are compiled (about a second, no type check)
 * before any test starts: a test never meets yesterday's worker.
 */
export default function buildWorkers() {
  const newest = newestSource();
  if ([stamp, builtStamp].some((path) => existsSync(path) && statSync(path).mtimeMs > newest)) return;
  const began = new Date();
  execFileSync(
    process.execPath,
    ['node_modules/@swc/cli/bin/swc.js', 'src', '-d', 'dist', '--strip-leading-paths', '--quiet'],
    { cwd: root, stdio: 'inherit' },
  );
  writeFileSync(stamp, began.toISOString());
}

function newestSource() {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
  return Math.max(...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}
