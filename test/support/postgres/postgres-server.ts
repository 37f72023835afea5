import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { freePort } from '../free-port.js';
import { until } from '../until.js';

/** Tests use the data of no other, so nothing need survive a loss of power. */
const quick = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '32MB',
  unix_socket_directories: '',
  listen_addresses: '127.0.0.1',
  timezone: 'UTC',
};

/** The folder of PostgreSQL's programs, the newest where there are several; undefined when it is not installed. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

export interface ServerOptions {
  /** Settings over those of tests, such as `ssl`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Files of its data folder by name, such as `pg_hba.conf`: without that everybody on this machine is let in. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A server of our own on a free port of 127.0.0.1, with its data in a temporary folder. It ends with this process. */
export class PostgresServer {
  private databases = 0;
  private readonly templates = new Map<unknown, Promise<string>>();

  private process: ChildProcess;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly launch: () => ChildProcess,
  ) {
    this.process = launch();
  }

  static async start({ settings = {}, files = {} }: ServerOptions = {}): Promise<PostgresServer> {
    const programs = postgresPrograms();
    if (programs === undefined) throw new Error('PostgreSQL is not installed.');
    const folder = mkdtempSync(join(tmpdir(), 'tabletalk-postgres-'));
    const data = join(folder, 'data');
    if (runsAsRoot) execFileSync('chown', [owner, folder]);
    execFileSync(
      ...command(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']),
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(data, name), content, { mode: 0o600 });
      if (runsAsRoot) execFileSync('chown', [owner, join(data, name)]);
    }
    const port = await freePort();
    const changes = Object.entries({ ...quick, ...settings, port }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const server = new PostgresServer(folder, port, () => run(join(programs, 'postgres'), ['-D', data, ...changes]));
    await until(() => server.answers());
    return server;
  }

  /** Creates an empty database and returns its URL. With `prepare`, a copy of one that has been prepared once. */
  async createDatabase(prepare?: (url: string) => Promise<void>): Promise<string> {
    const template = prepare ? await this.prepared(prepare) : 'template0';
    this.databases += 1;
    const name = `test_${this.databases}`;
    await this.execute(`create database ${name} template ${template}`);
    return this.url(name);
  }

  url(database: string, user = 'postgres'): string {
    return `postgres://${user}@127.0.0.1:${this.port}/${database}`;
  }

  /** Runs statements as the superuser. */
  async execute(statements: string, database = 'postgres'): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return await client.query(statements);
    } finally {
      await client.end();
    }
  }

  /** Ends all connections, does without the server for as long as `meanwhile` takes, and starts it again. */
  async restart(meanwhile: () => Promise<void>): Promise<void> {
    await this.halt();
    try {
      await meanwhile();
    } finally {
      this.process = this.launch();
      await until(() => this.answers());
    }
  }

  /** Ends connections at once and removes all data. */
  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async halt(): Promise<void> {
    if (this.isGone) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGINT');
    await ended;
  }

  /** By itself, or killed by whoever. */
  private get isGone(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  private prepared(prepare: (url: string) => Promise<void>): Promise<string> {
    const known = this.templates.get(prepare);
    if (known) return known;
    const name = `template_${this.templates.size}`;
    const template = this.execute(`create database ${name} template template0`)
      .then(() => prepare(this.url(name)))
      .then(() => name);
    this.templates.set(prepare, template);
    return template;
  }

  private async answers(): Promise<boolean> {
    if (this.isGone) throw new Error('PostgreSQL did not start; TEST_LOG=info shows why.');
    return this.execute('select 1').then(
      () => true,
      () => false,
    );
  }
}

const runsAsRoot = process.getuid?.() === 0;
/** PostgreSQL refuses to run as root. */
const owner = 'nobody';

/** With `setpriv` the server is told to stop when this process ends, however that comes about. */
function command(program: string, parameters: readonly string[]): [string, string[]] {
  if (!existsSync('/usr/bin/setpriv')) return [program, [...parameters]];
  const user = runsAsRoot ? [`--reuid=${owner}`, '--regid=nogroup', '--clear-groups'] : [];
  return ['setpriv', [...user, '--pdeathsig=INT', program, ...parameters]];
}

function run(program: string, parameters: readonly string[]): ChildProcess {
  const [first, rest] = command(program, parameters);
  return spawn(first, rest, { stdio: ['ignore', 'ignore', process.env.TEST_LOG ? 'inherit' : 'ignore'] });
}
