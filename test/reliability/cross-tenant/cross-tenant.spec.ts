import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { allPermissions } from '../../../src/modules/access/permissions.js';
import { callOf } from '../../e2e/tenancy-matrix/calls.js';
import { rows } from '../../e2e/tenancy-matrix/rows.js';
import { Client, startApp, type TestApp } from '../../support/app.js';
import { furnish, tellingNames } from '../../support/furnished.js';
import { addWorkspace, type Member } from '../../support/other-workspace.js';
import { publishCsv } from '../../support/publishing.js';
import { type Answer, type Call, Wire } from '../../support/wire.js';
import { type Attack, attacks, type Heard } from './attacks.js';
import { Victim } from './victim.js';

/** How many requests are made; the seed makes them the same ones each time, up to the victim's random texts. */
const requests = Number(process.env.REQUESTS ?? 10_000);
const seed = Number(process.env.SEED ?? 20_261_121);

describe('requests into another workspace', () => {
  const log: string[] = [];
  let test: TestApp;
  let wire: Wire;
  let victim: Victim;
  let owner: Member;
  let attackers: Client[];
  let heard: Heard;

  beforeAll(async () => {
    const unlimited = '1000000';
    test = await startApp({
      logger: pino({ level: 'trace' }, { write: (line) => void log.push(line) }),
      settings: {
        RATE_LIMIT_PER_USER: unlimited,
        RATE_LIMIT_PER_WORKSPACE: unlimited,
        RATE_LIMIT_PER_ADDRESS: unlimited,
        RESUMABLE_UPLOADS_PER_WORKSPACE: '1000',
        WORKSPACES_PER_USER: '1000',
      },
    });
    wire = new Wire(test.address);
    victim = await Victim.prepare(test, wire);
    owner = await addWorkspace(test);
    const ours = await furnish(owner.client, owner.workspaceId, (place) => `${place}_ours`);
    const token = await owner.client.post('/api-tokens', { name: 'all', scopes: allPermissions }).expect(201);
    attackers = [
      owner.client,
      (await addWorkspace(test, 'analyst', owner.workspaceId)).client,
      (await addWorkspace(test, 'viewer', owner.workspaceId)).client,
      new Client(test.address, (token.body as { token: string }).token),
    ];
    heard = { ours, theirs: victim.known, cursors: victim.cursors, dataDirectory: test.dataDirectory };
  });

  afterAll(async () => {
    wire.close();
    await test.close();
  });

  async function callFor({ key, objects, query, extra, headers, who }: Attack): Promise<Call> {
    const caller = attackers[who]!;
    const maker = {
      owner: owner.client,
      caller,
      workspaceId: owner.workspaceId,
      newcomer: () => Promise.resolve(owner),
    };
    const call = await callOf(key, rows[key]!, objects, maker);
    const { body, path } = call;
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    return {
      ...call,
      path: query === '' ? path : `${path.split('?')[0]}?${query}`,
      headers: { ...call.headers, ...caller.allHeaders, ...headers },
      body: isJson ? { ...body, ...extra } : body,
    };
  }

  it(`R1, R2: ${requests} generated requests into another workspace get nothing out of it, and change nothing in it`, async () => {
    const before = await victim.snapshot();
    const sent = new Set<string>();
    const names = tellingNames(victim.known);
    let made = 0;
    let canaries = 0;
    log.length = 0;
    await fc.assert(
      fc.asyncProperty(attacks(heard), async (attack) => {
        const call = await callFor(attack);
        const request = textOfCall(call);
        for (const name of names) if (request.includes(name)) sent.add(name);
        const answer = await wire.send(call);
        made += 1;
        const shown = (textOfAnswer(answer) + log.splice(0).join('')).toLowerCase();
        // The attackers' own lists show the names that they themselves have sent before.
        const unexpected = [...victim.secrets, ...names.filter((name) => !sent.has(name))];
        const leaked = unexpected.filter((each) => shown.includes(each) && !request.includes(each));
        canaries += leaked.length;
        expect({ leaked, answer: answer.status >= 500 ? answer : undefined }).toEqual({
          leaked: [],
          answer: undefined,
        });
      }),
      { numRuns: requests, seed, endOnFailure: true },
    );
    const late = log.splice(0).join('');
    expect(victim.secrets.filter((each) => late.includes(each))).toEqual([]);
    expect(await victim.snapshot()).toEqual(before);
    expect(await victim.actors()).toEqual([victim.ownerId]);
    process.stdout.write(`requests ${made}, foreign canaries ${canaries}\n`);
    expect(made).toBe(requests);
  }, 600_000);

  it('R4: the same SQL of two workspaces gives each its own answer, for no cache to keep', async () => {
    const sql = 'select city from shared order by city';
    const other = await addWorkspace(test);
    const ask = async ({ client }: Member, city: string) => {
      await publishCsv(client, `id,city\n1,${city}\n`, { dataset: 'shared' });
      return client.with({ 'idempotency-key': 'same' }).post('/queries', { sql, wait_ms: 30_000 }).expect(200);
    };
    const answers = [await ask(owner, 'Lisbon'), await ask(other, 'Porto')];
    expect(answers.map(({ body }) => (body as { rows: unknown[] }).rows)).toEqual([[['Lisbon']], [['Porto']]]);
    for (const { headers } of answers) expect(headers['cache-control']).toBe('private, no-store');
  });
});

function textOfCall({ path, headers, body }: Call): string {
  const content = Buffer.isBuffer(body) ? body.toString('latin1') : JSON.stringify(body ?? '');
  return `${path} ${decoded(path)} ${JSON.stringify(headers)} ${content}`.toLowerCase();
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function textOfAnswer({ headers, bytes }: Answer): string {
  return `${JSON.stringify(headers)} ${bytes.toString('latin1')}`;
}
