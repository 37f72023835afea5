import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ExpressionBuilder } from 'kysely';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { SecretBox } from '../../platform/security/secret-box.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import { type ReplicaTables, Replicas } from '../replicas/replicas.js';
import { AnswerLost, AnswerUnreadable, IdempotencyKeyReused, RequestInProgress } from './errors.js';

/** The answer that was given to the first request under a key. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The first request under a key, which is to be carried out and then answered with `finish` or given up with `abandon`. */
export interface Claim {
  readonly scope: string;
  readonly key: string;
}

/** Whose request it is; without a workspace for calls that are about none. */
export interface Requester {
  readonly userId: string;
  readonly workspaceId?: string;
}

interface IdempotencyTables extends ReplicaTables {
  idempotency_keys: {
    /** Workspace, user and call. */
    scope: string;
    /** Null for calls that are about no workspace. */
    workspace_id: string | null;
    key: string;
    /** What identifies the request's content; empty until it is known. */
    fingerprint: string;
    /** The process that carries it out; its leftovers are dropped when it is gone. */
    owner: string;
    status: number | null;
    headers: string | null;
    /** Sealed: the answer may hold a secret that is shown once and stored nowhere else. */
    body: string | null;
    /** 1 once something that it did was committed. */
    carried_out: number;
    created_at: string;
  };
}

const keptForMs = 24 * 3_600_000;

/** Remembers for a day what was answered under an Idempotency-Key. */
@Injectable()
export class IdempotencyService implements OnApplicationBootstrap {
  private readonly box: SecretBox;
  /** The claim of the request that is being carried out. */
  private readonly claims = new AsyncLocalStorage<Claim>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly replicas: Replicas,
    keys: KeyRing,
  ) {
    this.box = new SecretBox(keys, 'idempotency');
    database.accompany((transaction) => this.recordEffect(transaction));
  }

  /** Drops what is too old, and what a process that no longer exists left unanswered. */
  async onApplicationBootstrap(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - keptForMs).toISOString();
    await this.tables()
      .deleteFrom('idempotency_keys')
      .where((eb) => eb.or([eb('created_at', '<', oldest), abandoned(eb)]))
      .execute();
  }

  /**
   * Begins a request under a key: a claim when it is the first, else the stored answer. `fingerprint` identifies the
   * content; pass the empty string while it is not known yet (a streamed body) and give it to `finish`.
   * Throws `RequestInProgress`, `IdempotencyKeyReused` for other content, or `AnswerLost` when the process that carried
   * the request out is gone.
   */
  async begin(requester: Requester, call: string, key: string, fingerprint: string): Promise<Claim | StoredAnswer> {
    if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
      throw new InvalidRequest([{ pointer: 'Idempotency-Key', detail: 'must be 1 to 200 visible ASCII characters' }]);
    }
    const scope = scopeOf(requester, call);
    const claim = { scope, key };
    if (await this.enter(claim, requester, fingerprint)) return claim;
    const stored = await this.find(claim);
    if (!stored || stored.status === null) {
      if ((await this.forgetAbandoned(claim)) && (await this.enter(claim, requester, fingerprint))) return claim;
      throw (await this.isLost(claim)) ? new AnswerLost(key) : new RequestInProgress(key);
    }
    if (fingerprint !== '' && stored.fingerprint !== fingerprint) throw new IdempotencyKeyReused(key);
    const body = this.box.open(stored.body!, contextOf(claim));
    if (body === undefined) throw new AnswerUnreadable(key);
    return { status: stored.status, headers: JSON.parse(stored.headers!) as Record<string, string>, body };
  }

  /** Carries the first request under a key out: what it commits is never done again, even when its answer gets lost. */
  carryOut<Result>(claim: Claim, work: () => Promise<Result>): Promise<Result> {
    return this.claims.run(claim, work);
  }

  /** The content under which a key was answered, to compare a streamed body with once it has arrived. */
  async fingerprint(requester: Requester, call: string, key: string): Promise<string | undefined> {
    return (await this.find({ scope: scopeOf(requester, call), key }))?.fingerprint;
  }

  async finish(claim: Claim, answer: StoredAnswer, fingerprint?: string): Promise<void> {
    await this.tables()
      .updateTable('idempotency_keys')
      .set({
        status: answer.status,
        headers: JSON.stringify(answer.headers),
        body: this.box.seal(answer.body, contextOf(claim)),
        ...(fingerprint === undefined ? {} : { fingerprint }),
      })
      .where('scope', '=', claim.scope)
      .where('key', '=', claim.key)
      .execute();
  }

  /** The request failed: the key may be used again. */
  async abandon(claim: Claim): Promise<void> {
    await this.tables()
      .deleteFrom('idempotency_keys')
      .where('scope', '=', claim.scope)
      .where('key', '=', claim.key)
      .execute();
  }

  /** False when the key has been used. */
  private async enter(claim: Claim, { workspaceId }: Requester, fingerprint: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.tables()
      .insertInto('idempotency_keys')
      .values({
        ...claim,
        workspace_id: workspaceId ?? null,
        fingerprint,
        owner: this.replicas.id,
        status: null,
        headers: null,
        body: null,
        carried_out: 0,
        created_at: this.clock.now().toISOString(),
      })
      .onConflict((conflict) => conflict.columns(['scope', 'key']).doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Whether a process that is gone took the key with it, which may then be used again. */
  private async forgetAbandoned({ scope, key }: Claim): Promise<boolean> {
    const { numDeletedRows } = await this.tables()
      .deleteFrom('idempotency_keys')
      .where('scope', '=', scope)
      .where('key', '=', key)
      .where(abandoned)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** In the transaction of the effect itself, so that both are there or neither. */
  private async recordEffect(transaction: DatabaseTransaction): Promise<void> {
    const claim = this.claims.getStore();
    if (!claim) return;
    await transaction
      .tables<IdempotencyTables>()
      .updateTable('idempotency_keys')
      .set({ carried_out: 1 })
      .where('scope', '=', claim.scope)
      .where('key', '=', claim.key)
      .where('status', 'is', null)
      .execute();
  }

  private async isLost({ scope, key }: Claim): Promise<boolean> {
    const lost = await this.tables()
      .selectFrom('idempotency_keys')
      .select('key')
      .where('scope', '=', scope)
      .where('key', '=', key)
      .where(unanswered)
      .executeTakeFirst();
    return lost !== undefined;
  }

  private async find({ scope, key }: Claim) {
    return this.tables()
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('scope', '=', scope)
      .where('key', '=', key)
      .executeTakeFirst();
  }

  private tables() {
    return this.database.tables<IdempotencyTables>();
  }
}

/** Unanswered, and the process that was to answer is gone. */
function unanswered({ eb, and, selectFrom }: ExpressionBuilder<IdempotencyTables, 'idempotency_keys'>) {
  return and([eb('status', 'is', null), eb('owner', 'not in', selectFrom('replicas').select('replicas.replica_id'))]);
}

/** Unanswered for good, and nothing was done. */
function abandoned(builder: ExpressionBuilder<IdempotencyTables, 'idempotency_keys'>) {
  return builder.and([unanswered(builder), builder('carried_out', '=', 0)]);
}

function contextOf({ scope, key }: Claim): string {
  return `${scope}\n${key}`;
}

function scopeOf({ workspaceId = '', userId }: Requester, call: string): string {
  return `${workspaceId}/${userId}/${call}`;
}
