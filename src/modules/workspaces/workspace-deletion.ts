import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { refuseOtherVersion } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import type { Caller, Principal } from '../access/caller.js';
import { WorkspaceNotFound } from '../access/errors.js';
import { AuditLog } from '../audit/audit.log.js';
import { EndWorkJob } from './end-work.job.js';
import { WorkspacePurged } from './errors.js';
import { OwnWorkspacesRepository } from './own-workspaces.repository.js';
import { WorkspacesRepository } from './workspaces.repository.js';

const dayMs = 24 * 3_600_000;

/** Deletes workspaces, which are gone for everybody at once, and restores them as long as nothing of them is removed. */
@Injectable()
export class WorkspaceDeletion {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly own: OwnWorkspacesRepository,
    private readonly endWork: EndWorkJob,
    private readonly database: Database,
    private readonly changes: AccessChanges,
    private readonly audit: AuditLog,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidRequest` unless `confirm` is the exact name, and `VersionConflict` unless `ifMatch` fits. */
  async delete(caller: Caller, confirm: string | undefined, ifMatch: string | undefined): Promise<void> {
    const { workspaceId } = caller;
    const now = this.clock.now();
    const purgeAt = new Date(now.getTime() + this.config.workspaceGraceDays * dayMs).toISOString();
    await this.database.transaction(async (transaction) => {
      const row = await this.workspaces.hold(transaction, workspaceId);
      if (!row) throw new WorkspaceNotFound(workspaceId);
      refuseUnconfirmed(confirm, row.name);
      refuseOtherVersion(ifMatch, row.version);
      await this.workspaces.update(transaction, workspaceId, {
        version: row.version + 1,
        deleted_at: now.toISOString(),
        purge_at: purgeAt,
      });
      await this.endWork.enqueue(transaction);
      await this.changes.announce(transaction);
      const detail = { name: row.name, purge_at: purgeAt };
      await this.audit.record(
        { ...caller, action: 'workspace.deleted', object: workspaceId, outcome: 'allowed', detail },
        transaction,
      );
    });
  }

  /**
   * For its owners. Restoring what is not deleted changes nothing. Throws `WorkspaceNotFound` for everybody else, and
   * `WorkspacePurged` when the time for it is over.
   */
  async restore(principal: Principal, workspaceId: string): Promise<void> {
    const now = this.clock.now().toISOString();
    await this.database.transaction(async (transaction) => {
      const row = await this.own.find(principal.userId, workspaceId, transaction);
      if (row?.role !== 'owner') throw new WorkspaceNotFound(workspaceId);
      if (row.deleted_at === null) return;
      if (row.purge_at! <= now) throw new WorkspacePurged(row.purge_at!);
      await this.workspaces.update(transaction, workspaceId, {
        version: row.version + 1,
        deleted_at: null,
        purge_at: null,
      });
      await this.changes.announce(transaction);
      await this.audit.record(
        { ...principal, workspaceId, action: 'workspace.restored', object: workspaceId, outcome: 'allowed' },
        transaction,
      );
    });
  }
}

function refuseUnconfirmed(confirm: string | undefined, name: string): void {
  if (confirm === name) return;
  const detail = `must be the exact name of the workspace, ${JSON.stringify(name)}: everything in it goes with it`;
  throw new InvalidRequest([{ pointer: '?confirm', detail }]);
}
