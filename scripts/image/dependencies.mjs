// The dependencies of the image, installed as its Dockerfile does, without a container engine.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../lib/prepare.mjs';

/** What the Dockerfile copies before it installs. */
const inputs = ['.npmrc', 'package.json', 'package-lock.json', 'web/package.json', 'docker/install-dependencies.mjs'];

/** The number of each processor in the header of an ELF file. */
const machines = { arm64: 183, amd64: 62 };

export class Offline extends Error {}

/** The folder in which the dependencies for `target` are; kept, for they change with the lock file only. */
export function installFor(target) {
  const folder = join(root, '.cache/image', target);
  const stamp = join(folder, 'installed');
  const hash = createHash('sha256');
  for (const file of inputs) hash.update(readFileSync(join(root, file)));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  for (const file of inputs) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  install(folder, target);
  writeFileSync(stamp, wanted);
  return folder;
}

function install(folder, target) {
  const { status, stderr } = spawnSync(process.execPath, ['docker/install-dependencies.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TARGETARCH: target },
  });
  if (status === 0) return;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(stderr)) throw new Offline(stderr);
  throw new Error(stderr);
}

/** Paths of all programs and libraries for Linux below the folder, and those among them for another processor. */
export function nativeFiles(folder, target) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, machine: elfMachine(path) }))
    .filter(({ machine }) => machine !== undefined);
  return { all, foreign: all.filter(({ machine }) => machine !== machines[target]) };
}

function elfMachine(path) {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    const length = readSync(file, header, 0, header.length, 0);
    const isElf = length === header.length && header.readUInt32BE(0) === 0x7f454c46;
    return isElf ? header.readUInt16LE(18) : undefined;
  } finally {
    closeSync(file);
  }
}
