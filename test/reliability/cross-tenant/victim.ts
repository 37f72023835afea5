import { randomBytes } from 'node:crypto';
import { builtInRoles } from '../../../src/modules/roles/built-in-roles.js';
import type { TestApp } from '../../support/app.js';
import { type Furniture, furnish, tellingNames } from '../../support/furnished.js';
import { addWorkspace, type Member } from '../../support/other-workspace.js';
import type { Wire } from '../../support/wire.js';
import { publicRows } from '../../e2e/tenancy-matrix/account.rows.js';
import { callOf } from '../../e2e/tenancy-matrix/calls.js';
import { rows } from '../../e2e/tenancy-matrix/rows.js';

/** Under which the victim sends requests that can be repeated; whoever sends the same ones must not get its answers. */
export const repeatedKey = 'nightly-1';

/** What changes because it is looked at. */
const unsteady = new Set(['GET /audit-events', 'GET /audit-events/export', 'GET /users/me/sessions']);

/** A workspace whose every text, name and id is a canary. */
export class Victim {
  private constructor(
    private readonly wire: Wire,
    private readonly owner: Member,
    /** What an attacker may have heard of: ids and names of the objects that requests are aimed at. */
    readonly known: Furniture,
    /** What nobody outside can know. */
    readonly secrets: readonly string[],
    readonly cursors: readonly string[],
  ) {}

  static async prepare(test: TestApp, wire: Wire): Promise<Victim> {
    const texts = new Map<string, string>();
    const owner = await addWorkspace(test);
    const known = await furnish(owner.client, owner.workspaceId, (place) => {
      const text = texts.get(place) ?? `k${randomBytes(8).toString('hex')}`;
      texts.set(place, text);
      return text;
    });
    await repeatably(owner);
    const cursors = await Promise.all(
      ['uploads', 'queries', 'datasets/' + known.dataset + '/versions', 'jobs', 'users', 'crawls'].map(async (list) => {
        const { next_cursor } = (await owner.client.get(`/${list}?limit=1`).expect(200)).body as {
          next_cursor: string;
        };
        return next_cursor;
      }),
    );
    const everything = Object.values(await new Victim(wire, owner, known, [], []).snapshot()).join('\n');
    const ids = everything.match(/\b[a-z]+_[0-9a-z]{26}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g) ?? [];
    const guessable = new Set([...tellingNames(known), ...builtInRoles.map(({ id }) => id)]);
    const secrets = [...new Set([...texts.values(), ...ids, owner.email])].filter((each) => !guessable.has(each));
    for (const [place, text] of texts) {
      if (!everything.includes(text)) throw new Error(`The canary ${place} is shown to nobody, so it proves nothing.`);
    }
    return new Victim(wire, owner, known, secrets, cursors);
  }

  /** All that its owner sees, by call. */
  async snapshot(): Promise<Record<string, string>> {
    const { client, workspaceId } = this.owner;
    const maker = { owner: client, caller: client, workspaceId, newcomer: () => Promise.resolve(this.owner) };
    const seen: Record<string, string> = {};
    for (const [key, row] of Object.entries(rows)) {
      if (!key.startsWith('GET /') || key in publicRows || unsteady.has(key)) continue;
      const call = await callOf(key, row, this.known, maker);
      const { status, bytes } = await this.wire.send({ ...call, headers: { ...call.headers, ...client.allHeaders } });
      seen[key] = `${status} ${bytes.toString('latin1')}`;
    }
    return seen;
  }

  /** Who did something in the workspace, by the audit log. */
  async actors(): Promise<string[]> {
    const { text } = await this.owner.client.get('/audit-events/export?format=jsonl').buffer(true).expect(200);
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { user_id: string | null });
    return [...new Set(events.map(({ user_id }) => user_id ?? 'nobody'))];
  }

  get ownerId(): string {
    return this.owner.userId;
  }
}

/** The requests of the matrix's rows, which attackers send too. */
async function repeatably({ client }: Member): Promise<void> {
  const once = client.with({ 'idempotency-key': repeatedKey });
  await once.post('/api-tokens', { name: 'One', scopes: ['api_tokens:write'] }).expect(201);
  await once.post('/queries', { sql: 'select 1 as one', wait_ms: 30_000 }).expect(200);
}
