import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { Client, ownerAccount } from './app.js';

/** The built service as a process of its own, with everything that it writes. */
export class ServiceProcess {
  /** What it has written to stdout, and to stderr. */
  output = '';
  errors = '';
  /** The exit code once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  /**
   * `settings` by environment variable, over the tests' own; an empty one counts as absent. `command` in place of serving,
   * such as `migrate`.
   */
  constructor(dataDirectory: string, settings: Readonly<Record<string, string>> = {}, ...command: string[]) {
    this.child = spawn(process.execPath, [join(process.cwd(), 'dist/main.js'), ...command], {
      cwd: tmpdir(),
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        METRICS_PORT: '0',
        DATA_DIR: dataDirectory,
        OWNER_EMAIL: ownerAccount.email,
        OWNER_PASSWORD: ownerAccount.password,
        BCRYPT_COST: '4',
        LOG_LEVEL: 'error',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The address that it prints when it is ready. */
  async ready(): Promise<string> {
    const gone = this.ended.then(() => 'gone' as const);
    for (;;) {
      const address = /Tabletalk is ready at (\S+)/.exec(this.output)?.[1];
      if (address) return address;
      if ((await Promise.race([once(this.child.stdout!, 'data'), gone])) === 'gone') {
        throw new Error(`The service ended before it was ready. ${this.errors}`);
      }
    }
  }

  /** Ends it as a crash does (SIGKILL), or as an operator does (SIGTERM); returns the exit code. */
  end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Process ids of its direct children. Linux only. */
  children(): number[] {
    const ids = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim();
    return ids === '' ? [] : ids.split(' ').map(Number);
  }

  /** Peak resident memory so far, in bytes. Linux only. */
  peakMemory(): number {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))!;
    return Number(kilobytes) * 1024;
  }
}

/** A running service with its owner signed in. */
export class Service {
  private constructor(
    readonly process: ServiceProcess,
    readonly address: string,
    readonly owner: Client,
  ) {}

  static async start(dataDirectory: string, settings: Readonly<Record<string, string>> = {}): Promise<Service> {
    const started = new ServiceProcess(dataDirectory, settings);
    const address = await started.ready();
    const { OWNER_EMAIL: email = ownerAccount.email, OWNER_PASSWORD: password = ownerAccount.password } = settings;
    const login = await request(address).post('/api/v1/auth/login').send({ email, password }).expect(200);
    return new Service(started, address, new Client(address, (login.body as { access_token: string }).access_token));
  }

  peakMemory(): number {
    return this.process.peakMemory();
  }

  end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<number | null> {
    return this.process.end(signal);
  }
}
