import { Injectable } from '@nestjs/common';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { WorkspaceTables } from '../workspaces/workspaces.repository.js';

export type RoleRow = WorkspaceTables['roles'];

type Transacting = Database | DatabaseTransaction;

/** The workspaces' own roles. */
@Injectable()
export class RolesRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, id: string, within: Transacting = this.database): Promise<RoleRow | undefined> {
    return this.rows(workspaceId, within).where('id', '=', id).executeTakeFirst();
  }

  async findByName(workspaceId: string, nameKey: string, within: Transacting): Promise<RoleRow | undefined> {
    return this.rows(workspaceId, within).where('name_key', '=', nameKey).executeTakeFirst();
  }

  private rows(workspaceId: string, within: Transacting) {
    return within.tables<WorkspaceTables>().selectFrom('roles').selectAll().where('workspace_id', '=', workspaceId);
  }
}
