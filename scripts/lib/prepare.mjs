// What `npm start` and `npm test` do first. Runs on the machine's own Node (20.19 or newer) and uses nothing but it and npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const neededMajor = 24;

/**
 * How the service is run. A small young generation frees the buffers of a long upload or download as it goes: memory then
 * stays the same for large files as for small ones (npm run bench -- P6).
 */
export const serviceArguments = [
  '--enable-source-maps',
  '--max-semi-space-size=2',
  '--min-semi-space-size=2',
  join(root, 'dist/main.js'),
];

/** Installs the locked dependencies unless exactly these are installed already. */
export function install() {
  const stamp = join(root, 'node_modules/.tabletalk-installed');
  const wanted = fingerprint(['package.json', 'package-lock.json', 'web/package.json']);
  if (read(stamp) === wanted) return;
  say('Installing dependencies …');
  // No package's install script is needed; none is run.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/** Compiles `src` into `dist` unless nothing has changed since the last time. */
export function build() {
  const stamp = join(root, 'dist/.tabletalk-built');
  const wanted = fingerprint([
    ...filesBelow('src', isSource),
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'nest-cli.json',
    '.swcrc',
  ]);
  if (read(stamp) === wanted) return;
  say('Building …');
  run(node(), ['node_modules/@nestjs/cli/bin/nest.js', 'build']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Exports `web` as static files into `web/out` unless nothing has changed since the last time. */
export function buildWeb() {
  const stamp = join(root, 'web/out/.tabletalk-built');
  const wanted = fingerprint([
    ...filesBelow('web/src', isSource),
    ...filesBelow('web/public', () => true),
    'package-lock.json',
    'web/package.json',
    'web/next.config.ts',
    'web/postcss.config.mjs',
    'web/tsconfig.json',
    'scripts/lib/compress.mjs',
  ]);
  if (read(stamp) === wanted) return;
  say('Building the web page …');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  // Next says much and little of use while all goes well.
  const { status, stdout, stderr, error } = spawnSync(node(), ['node_modules/next/dist/bin/next', 'build', 'web'], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
  if (error || status !== 0) fail(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  run(node(), ['scripts/lib/compress.mjs', 'web/out']);
  writeFileSync(stamp, wanted);
}

/** Path of a Node that the service runs on: the installed one on Linux, else the machine's own when it is new enough. */
export function node() {
  const packaged = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
  fail(
    `Tabletalk needs Node ${neededMajor} or newer on ${process.platform}; this is ${process.version}. Install it from https://nodejs.org and try again.`,
  );
}

/** Runs a command in the project folder and ends this process when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (error) fail(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

function fingerprint(files) {
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function isSource(name) {
  return !name.endsWith('.spec.ts') && name !== 'metadata.ts';
}

function filesBelow(folder, isWanted) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isWanted(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

function fail(message) {
  say(message);
  process.exit(1);
}
