import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node, root, serviceArguments } from '../../scripts/lib/prepare.mjs';

/** Who owns every service that is measured. */
export const owner = { email: 'bench@example.com', password: 'a password for benchmarks' };

/** Runs the built service in a process of its own, signed in as its owner. */
export async function startService({
  dataDirectory = mkdtempSync(join(tmpdir(), 'tabletalk-bench-')),
  settings = {},
} = {}) {
  const began = performance.now();
  const { child, address } = await listening(serviceArguments, {
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
    DATA_DIR: dataDirectory,
    LOG_LEVEL: 'warn',
    OWNER_EMAIL: owner.email,
    OWNER_PASSWORD: owner.password,
    RATE_LIMIT_PER_USER: '10000000',
    RATE_LIMIT_PER_WORKSPACE: '100000000',
    ...settings,
  });
  const readyMs = performance.now() - began;
  const login = await fetch(`${address}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(owner),
  });
  const { access_token: token } = await login.json();
  const authorization = `Bearer ${token}`;
  return {
    ...client(address, { authorization }),
    authorization,
    readyMs,
    dataDirectory,
    pid: child.pid,
    /** The same user in another workspace. */
    within: (workspaceId) => client(address, { authorization, 'x-workspace-id': workspaceId }),
    async stop({ keepData = false } = {}) {
      await ended(child);
      if (!keepData) rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

function client(address, headers) {
  return {
    address,
    headers,
    async call(method, path, body) {
      const response = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        body: body && JSON.stringify(body),
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}

/** Runs a base program of `bench/base`, which prints "ready at http://…" like the service does. */
export async function startBase(name, args = [], environment = {}) {
  const began = performance.now();
  const { child, address } = await listening([`bench/base/${name}.mjs`, ...args], environment);
  return { address, pid: child.pid, readyMs: performance.now() - began, stop: () => ended(child) };
}

function listening(args, environment) {
  const child = spawn(node(), args, {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const match = /ready at (http\S+)/.exec(output);
      if (match) resolve({ child, address: match[1] });
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with code ${code}\n${output}`)));
  });
}

async function ended(child) {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

/** Resident bytes of a process and, with `tree`, of everything it started. */
export function residentBytes(pid, { tree = false } = {}) {
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  if (!tree) return own;
  return children(pid).reduce((sum, child) => sum + residentBytes(child, { tree }), own);
}

/** Forgets the process's highest resident size, so that `peakBytes` tells what happened since. */
export function resetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

export function peakBytes(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

function children(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number),
  );
}
