import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Child processes run plain JavaScript from `dist/`, so the sources are compiled (about a second, no type check)
 * before any test starts: a test never meets yesterday's worker.
 */
export default function buildWorkers() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(
    process.execPath,
    ['node_modules/@swc/cli/bin/swc.js', 'src', '-d', 'dist', '--strip-leading-paths', '--quiet'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
}
