import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createDynamoDbClient } from '../../../src/providers/item-store/dynamodb/dynamodb-client.js';
import { createTable } from '../../../src/providers/item-store/dynamodb/tables.js';
import { declaredTables } from '../../../src/providers/item-store/item-tables.js';
import { Client, ownerAccount } from '../app.js';
import { awsEnvironment } from '../aws/environment.js';
import { FakeDynamoDb } from '../aws/dynamodb/fake-dynamodb.js';
import { FakeS3 } from '../aws/s3/fake-s3.js';
import { freePort } from '../free-port.js';
import { FakeOpenAiServer } from '../models/fake-openai-server.js';
import { ServiceProcess } from '../service.js';
import { until } from '../until.js';
import { HaProxy } from './haproxy.js';

const tablePrefix = 'fleet-';

/** One place in the fleet, in which one process after another serves. */
interface Replica {
  readonly address: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly folder: string;
  process: ServiceProcess;
}

/** Processes of the service that share all their state, behind a load balancer. */
export class Fleet {
  private constructor(
    private readonly replicas: readonly Replica[],
    private readonly balancer: HaProxy,
    readonly model: FakeOpenAiServer,
    /** The owner, asking through the load balancer. */
    readonly owner: Client,
    private readonly closeFakes: () => Promise<void>,
  ) {}

  static async start(databaseUrl: string, size: number): Promise<Fleet> {
    const [s3, dynamoDb, model] = await Promise.all([
      FakeS3.start(),
      FakeDynamoDb.start(),
      new FakeOpenAiServer().listen(),
    ]);
    const client = createDynamoDbClient(dynamoDb.clientConfig);
    for (const table of declaredTables()) await createTable(client, table, tablePrefix);
    const settings = {
      ...awsEnvironment({ S3: s3.endpoint, DYNAMODB: dynamoDb.endpoint }),
      DATABASE: 'postgres',
      DATABASE_URL: databaseUrl,
      JOB_QUEUE: 'pg-boss',
      ITEM_STORE: 'dynamodb',
      DYNAMODB_TABLE_PREFIX: tablePrefix,
      OBJECT_STORE: 's3',
      S3_BUCKET: s3.bucket,
      S3_FORCE_PATH_STYLE: 'true',
      LANGUAGE_MODEL: 'openai-compatible',
      OPENAI_BASE_URL: `${model.address}/v1`,
      OPENAI_MODEL_ID: 'fake',
      OPENAI_API_KEY: 'sk-test-key',
      MASTER_KEY: 'a key that all the replicas know of',
      TRUSTED_PROXY_HOPS: '1',
      DRAIN_DELAY_SECONDS: '3',
      SHUTDOWN_GRACE_SECONDS: '60',
    };
    const ports = await Promise.all(Array.from({ length: size }, freePort));
    const replicas = ports.map((port) => {
      const own = { ...settings, PORT: String(port) };
      const folder = mkdtempSync(join(tmpdir(), 'tabletalk-replica-'));
      return { address: `http://127.0.0.1:${port}`, settings: own, folder, process: new ServiceProcess(folder, own) };
    });
    await Promise.all(replicas.map(({ process }) => process.ready()));
    const balancer = await HaProxy.start(ports);
    const login = await request(balancer.address).post('/api/v1/auth/login').send(ownerAccount).expect(200);
    const owner = new Client(balancer.address, (login.body as { access_token: string }).access_token);
    return new Fleet(replicas, balancer, model, owner, async () => {
      await Promise.all([s3.close(), dynamoDb.close(), model.close()]);
    });
  }

  get size(): number {
    return this.replicas.length;
  }

  get address(): string {
    return this.balancer.address;
  }

  addressOf(index: number): string {
    return this.replicas[index]!.address;
  }

  /** Ends a process as an operator does, or as a crash does; resolves with its exit code when it is gone. */
  end(index: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    return this.replicas[index]!.process.end(signal);
  }

  /** What a process has said about faults. */
  errorsOf(index: number): string {
    const { output, errors } = this.replicas[index]!.process;
    return output.replace(/\nTabletalk is ready at [^]*?\n\n/, '') + errors;
  }

  /** Starts a process in the place of one that is gone; resolves when it gets requests. */
  async startAgain(index: number): Promise<void> {
    const replica = this.replicas[index]!;
    replica.process = new ServiceProcess(replica.folder, replica.settings);
    await replica.process.ready();
    await until(async () => (await this.balancer.healthy()).includes(index));
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map(({ process }) => process.end('SIGKILL')));
    await this.balancer.stop();
    await this.closeFakes();
    for (const { folder } of this.replicas) rmSync(folder, { recursive: true, force: true });
  }
}
