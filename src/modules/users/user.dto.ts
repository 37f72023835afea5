/** A workspace that a user belongs to. */
export class UserWorkspace {
  /** @example "5f0c7a52-8f3c-4bb1-9a53-1d8a0f2b6c11" */
  id!: string;

  /** @example "My workspace" */
  name!: string;

  /** @example "owner" */
  role!: string;
}

/** A person who can sign in. */
export class User {
  /** @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d" */
  id!: string;

  /** @example "ada@example.com" */
  email!: string;

  /** @example "ada" */
  username!: string;

  /** @example "Ada Lovelace" */
  full_name!: string;

  is_active!: boolean;

  /** The workspaces that the user belongs to, the default one first. */
  workspaces!: UserWorkspace[];
}
