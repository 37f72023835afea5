import { Injectable } from '@nestjs/common';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { AccessChanges } from '../access/access-changes.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from './audit.log.js';

/** For whatever gives or takes rights: on record, and in effect everywhere within a second. */
@Injectable()
export class RightsChanges {
  constructor(
    private readonly changes: AccessChanges,
    private readonly audit: AuditLog,
  ) {}

  /** Call this inside the transaction that changes them. */
  async record(
    transaction: DatabaseTransaction,
    caller: Caller,
    action: string,
    object: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.changes.announce(transaction);
    await this.audit.recordChange(transaction, caller, action, object, detail);
  }
}
