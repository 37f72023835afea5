// Runs what the image holds as the image would: its files alone and read-only, its environment alone, its user.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node, root } from '../lib/prepare.mjs';

/** Long, since the tests may be at work beside it, on a slow machine. */
const readyWithinMs = 300_000;
const endedWithinMs = 120_000;

/** Throws with what went wrong. */
export async function tryImage({ dependencies, environment, args, user }) {
  const home = mkdtempSync(join(tmpdir(), 'tabletalk-image-'));
  const app = join(home, 'app');
  try {
    assemble(app, dependencies);
    const data = join(home, 'data');
    for (const folder of [data, join(home, 'tmp')]) {
      mkdirSync(folder);
      chmodSync(folder, 0o777);
    }
    chmodSync(home, 0o755);
    const own = { PORT: '0', METRICS_PORT: '0', DATA_DIR: data, TMPDIR: join(home, 'tmp'), PATH: '/usr/bin:/bin' };
    await serve(app, { ...environment, ...own, HOST: '127.0.0.1' }, args, user);
  } finally {
    spawnSync('chmod', ['-R', 'u+w', home]);
    rmSync(home, { recursive: true, force: true });
  }
}

function assemble(app, dependencies) {
  mkdirSync(join(app, 'web'), { recursive: true });
  cpSync(join(dependencies, 'node_modules'), join(app, 'node_modules'), { recursive: true });
  for (const part of ['package.json', 'web/out', 'dist'])
    cpSync(join(root, part), join(app, part), { recursive: true });
  spawnSync('chmod', ['-R', 'a-w,a+rX', app]);
}

async function serve(app, env, args, user) {
  // Only root may become somebody else; anybody else is not root already.
  const identity = process.getuid?.() === 0 ? { uid: user, gid: user } : {};
  // A copy of Node that every user may run.
  const program = join(app, '../node');
  cpSync(node(), program);
  chmodSync(program, 0o755);
  const child = spawn(program, args, { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'], ...identity });
  const ended = once(child, 'exit');
  try {
    const address = await addressOf(child);
    await expectAnswer(`${address}/health/ready`, '"status":"ok"');
    await expectAnswer(`${address}/sign-in/`, '<!DOCTYPE html>');
    child.kill('SIGTERM');
    const [code, signal] = await withDeadline(ended, endedWithinMs, 'it did not end after SIGTERM');
    if (code !== 0) throw new Error(`it ended with ${signal ?? `code ${code}`} after SIGTERM`);
  } finally {
    child.kill('SIGKILL');
  }
}

async function addressOf(child) {
  let output = '';
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const match = /ready at (http\S+)/.exec(output);
      if (match) resolve(match[1]);
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`it ended with code ${code}:\n${output}`)));
  });
  return withDeadline(ready, readyWithinMs, 'it did not become ready');
}

async function expectAnswer(address, content) {
  const response = await fetch(address);
  const text = await response.text();
  if (!response.ok || !text.includes(content))
    throw new Error(`${address} answered ${response.status}: ${text.slice(0, 300)}`);
}

async function withDeadline(promise, milliseconds, otherwise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
