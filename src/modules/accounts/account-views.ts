import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/caller.js';
import type { UserRow } from '../users/users.repository.js';
import { AccountRules } from './account-rules.js';
import { AccountsRepository, type AccountWorkspace } from './accounts.repository.js';
import { User } from './user.dto.js';

/** Shows accounts with those of their workspaces that the reader may know of. */
@Injectable()
export class AccountViews {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly rules: AccountRules,
  ) {}

  async one(reader: Principal, row: UserRow): Promise<User> {
    return (await this.all(reader, [row]))[0]!;
  }

  async all(reader: Principal, rows: readonly UserRow[]): Promise<User[]> {
    const workspaces = await this.accounts.workspacesOf(rows.map(({ id }) => id));
    const isVisible = await this.rules.isVisibleWorkspace(reader);
    return rows.map((row) =>
      shown(
        row,
        workspaces.filter(({ user_id }) => user_id === row.id),
        isVisible,
        row.id === reader.userId,
      ),
    );
  }
}

function shown(
  { id, email, username, full_name, is_active, is_administrator, created_at }: UserRow,
  workspaces: readonly AccountWorkspace[],
  isVisible: (workspaceId: string) => boolean,
  isReader: boolean,
): User {
  return {
    id,
    email,
    username,
    full_name,
    is_active: is_active === 1,
    is_administrator: is_administrator === 1,
    created_at,
    workspaces: workspaces
      .map(({ id: workspaceId, name, role, permissions }, index) => ({
        id: workspaceId,
        name,
        role,
        is_default: index === 0,
        ...(isReader && { permissions: [...permissions] }),
      }))
      .filter((workspace) => isVisible(workspace.id)),
  };
}
