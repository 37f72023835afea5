import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { pageOf } from '../../platform/paging/page.js';
import type { Versioned } from '../../platform/versions/versioned.js';
import type { Caller } from '../access/caller.js';
import { RolesService } from '../roles/roles.service.js';
import { MemberNotFound } from './errors.js';
import { Member, MemberPage, MembersQuery } from './member.dto.js';
import { type MemberRow, MembersRepository } from './members.repository.js';

/** Looking at who belongs to a workspace. */
@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly roles: RolesService,
    private readonly cursors: CursorCodec,
  ) {}

  async list({ workspaceId }: Caller, { limit, cursor, search, role }: MembersQuery): Promise<MemberPage> {
    const scope = `members/${workspaceId}/${JSON.stringify([search, role])}`;
    const rows = await this.members.list(workspaceId, {
      limit: limit + 1,
      search,
      role: role === undefined ? undefined : await this.storedRole(workspaceId, role),
      after: cursor === undefined ? undefined : this.cursors.decode<string>(scope, cursor),
    });
    return pageOf(rows, limit, shown, ({ email_key }) => this.cursors.encode(scope, email_key));
  }

  /** Throws `MemberNotFound`, also for a user who belongs to other workspaces only. */
  async get({ workspaceId }: Caller, userId: string): Promise<Versioned<Member>> {
    const row = await this.members.find(workspaceId, userId);
    if (!row) throw new MemberNotFound(userId);
    return { shown: shown(row), version: row.version };
  }

  private async storedRole(workspaceId: string, nameOrId: string): Promise<string> {
    const role = await this.roles.resolve(workspaceId, nameOrId);
    if (!role) throw new InvalidRequest([{ pointer: '?role', detail: 'is no role of this workspace' }]);
    return role.stored;
  }
}

function shown(row: MemberRow): Member {
  const { user_id, email, username, full_name, is_active, role, role_name, joined_at } = row;
  return { user_id, email, username, full_name, is_active: is_active === 1, role: role_name ?? role, joined_at };
}
