import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import request from 'supertest';
import { Client } from './app.js';

const owner = { email: 'owner@example.com', password: 'correct horse battery staple' };

/** The service as a process of its own, which can be killed like one. */
export class Service {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
    readonly owner: Client,
  ) {}

  static async start(dataDirectory: string, settings: Readonly<Record<string, string>> = {}): Promise<Service> {
    const child = spawn(process.execPath, [join(process.cwd(), 'dist/main.js')], {
      cwd: dataDirectory,
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        METRICS_PORT: '0',
        DATA_DIR: dataDirectory,
        OWNER_EMAIL: owner.email,
        OWNER_PASSWORD: owner.password,
        BCRYPT_COST: '4',
        LOG_LEVEL: 'error',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const address = await announcedAddress(child);
    const login = await request(address).post('/api/v1/auth/login').send(owner).expect(200);
    return new Service(child, address, new Client(address, (login.body as { access_token: string }).access_token));
  }

  /** Peak resident memory of the process so far, in bytes. Linux only. */
  peakMemory(): number {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))!;
    return Number(kilobytes) * 1024;
  }

  /** Ends the process as a crash does (SIGKILL), or as an operator does (SIGTERM). */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}

async function announcedAddress(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /Tabletalk is ready at (\S+)/.exec(line)?.[1];
    if (address) {
      child.stdout!.resume();
      return address.replace('[::1]', '127.0.0.1');
    }
  }
  throw new Error('The service ended before it was ready.');
}
