import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import request from 'supertest';
import { type App, createApp, type Overrides } from '../../src/app.js';
import { Config } from '../../src/config/config.js';
import { SetupService } from '../../src/modules/auth/setup.service.js';
import { WatchedItemStore } from './watched-item-store.js';
import { databaseSettings } from './postgres/test-database.js';

/** Who owns the default workspace. */
export const ownerAccount = { email: 'owner@example.com', password: 'correct horse battery staple' };

/** Calls the API as one user: `client.get('/uploads')` is a supertest request with base path and credentials. */
export class Client {
  constructor(
    readonly address: string,
    readonly token: string | undefined,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  get = (path: string) => this.prepare(request(this.address).get(`/api/v1${path}`));
  post = (path: string, body?: object) => this.prepare(request(this.address).post(`/api/v1${path}`)).send(body);
  put = (path: string, body?: object) => this.prepare(request(this.address).put(`/api/v1${path}`)).send(body);
  patch = (path: string, body?: object) => this.prepare(request(this.address).patch(`/api/v1${path}`)).send(body);
  delete = (path: string) => this.prepare(request(this.address).delete(`/api/v1${path}`));
  head = (path: string) => this.prepare(request(this.address).head(`/api/v1${path}`));

  /** The same user with more headers. */
  with(headers: Readonly<Record<string, string>>): Client {
    return new Client(this.address, this.token, { ...this.headers, ...headers });
  }

  /** What it sends with every request, credentials included. */
  get allHeaders(): Readonly<Record<string, string>> {
    if (this.token === undefined) return this.headers;
    return { authorization: `Bearer ${this.token}`, ...this.headers };
  }

  private prepare(test: request.Test): request.Test {
    return test.set(this.allHeaders);
  }
}

export interface TestApp {
  readonly app: App;
  readonly address: string;
  readonly dataDirectory: string;
  /** The owner of the default workspace. */
  readonly owner: Client;
  /** Nobody: no credentials. */
  readonly nobody: Client;
  /** The id of the owner's default workspace. */
  readonly workspaceId: string;
  /** Stops the service and starts it again on the same data, as a restart does. */
  restart(): Promise<TestApp>;
  /** Stops the service and removes its data. */
  close(): Promise<void>;
}

export interface StartOptions extends Overrides {
  /** Settings by environment variable, over the tests' own. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly dataDirectory?: string;
}

const running = new Map<string, App>();

/** The service at this address, which runs in this process: for what cannot be arranged by calling it. */
export function appAt(address: string): App {
  return running.get(address)!;
}

/** Starts the whole service in this process, on a free port and a folder of its own, with an owner signed in. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'tabletalk-test-'));
  const config = Config.read({
    PORT: '0',
    METRICS_PORT: '0',
    DATA_DIR: dataDirectory,
    OWNER_EMAIL: ownerAccount.email,
    OWNER_PASSWORD: ownerAccount.password,
    BCRYPT_COST: '4',
    SHUTDOWN_GRACE_SECONDS: '5',
    ...(await databaseSettings(dataDirectory)),
    ...options.settings,
  });
  const app = await createApp(config, {
    logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    ...options,
    adapters: (adapters) => {
      const chosen = options.adapters?.(adapters) ?? adapters;
      // Most tests run no SQL; processes for it start with the first statement.
      return { ...chosen, itemStore: new WatchedItemStore(chosen.itemStore), warmUp: () => undefined };
    },
  });
  await app.nest.get(SetupService).prepare();
  const address = (await app.listen()).replace('[::1]', '127.0.0.1');
  running.set(address, app);
  const login = await request(address).post('/api/v1/auth/login').send(ownerAccount).expect(200);
  const client = new Client(address, (login.body as { access_token: string }).access_token);
  const me = await client.get('/users/me').expect(200);

  return {
    app,
    address,
    dataDirectory,
    owner: client,
    nobody: new Client(address, undefined),
    workspaceId: (me.body as { workspaces: { id: string }[] }).workspaces[0]!.id,
    restart: async () => {
      await app.close();
      return startApp({ ...options, dataDirectory });
    },
    close: async () => {
      running.delete(address);
      await app.close();
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}
