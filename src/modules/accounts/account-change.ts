import { parseEmail } from '../users/email.js';
import { parseUsername } from '../users/username.js';
import type { UserRow } from '../users/users.repository.js';

/** What somebody asks to be different. All of it has been checked; what is absent or null stays. */
export interface WantedChange {
  readonly full_name?: string | null;
  readonly username?: string | null;
  readonly email?: string | null;
  readonly is_active?: boolean | null;
  readonly is_administrator?: boolean | null;
  readonly password_hash?: string;
}

/** What would really change. */
export interface AccountChange {
  readonly columns: Readonly<Partial<UserRow>>;
  /** For the audit log: each field with its values before and after; of a password only that it was set. */
  readonly changes: Readonly<Record<string, unknown>>;
}

const shownFields = ['full_name', 'username', 'email', 'is_active', 'is_administrator'] as const;

export function accountChange(user: UserRow, wanted: WantedChange): AccountChange {
  const email = wanted.email == null ? undefined : parseEmail(wanted.email)!;
  const username = wanted.username == null ? undefined : parseUsername(wanted.username)!;
  const values: Partial<Record<keyof UserRow, string | number>> = {
    full_name: wanted.full_name?.normalize('NFC').trim(),
    username: username?.username,
    username_key: username?.key,
    email: email?.address,
    email_key: email?.key,
    is_active: flag(wanted.is_active),
    is_administrator: flag(wanted.is_administrator),
    password_hash: wanted.password_hash,
  };
  const differing = Object.entries(values).filter(
    ([column, value]) => value !== undefined && value !== user[column as keyof UserRow],
  );
  const columns = Object.fromEntries(differing) as Partial<UserRow>;
  const shown = shownFields.filter((field) => field in columns);
  return {
    columns,
    changes: {
      ...Object.fromEntries(shown.map((field) => [field, { from: user[field], to: columns[field] }])),
      ...(columns.password_hash === undefined ? {} : { password: 'set' }),
    },
  };
}

function flag(value: boolean | null | undefined): number | undefined {
  return value == null ? undefined : Number(value);
}
