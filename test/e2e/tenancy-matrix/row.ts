import type { Client } from '../../support/app.js';
import type { Furniture } from '../../support/furnished.js';
import type { Member } from '../../support/other-workspace.js';

/** For whom objects are made: the workspace's owner, and whoever is going to make the call. */
export interface Maker {
  readonly owner: Client;
  readonly caller: Client;
  readonly workspaceId: string;
  /** Adds a user to the workspace. */
  newcomer(): Promise<Member>;
}

/**
 * How a valid request to a route looks, and what it answers to whoever may send it. Path parameters are filled in from
 * the workspace's furniture, by name. Who may is not said here: it follows from the route's declared access and the
 * table of roles.
 */
export interface Row {
  readonly status: number;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: (objects: Furniture, maker: Maker) => object | Buffer | Promise<object>;
  /** Objects that the body names, with the status for those that the workspace does not have. */
  readonly names?: Partial<Record<keyof Furniture, number>>;
  /** Makes objects of their own for a call that uses them up. */
  readonly fresh?: (maker: Maker) => Promise<Partial<Furniture>>;
  /** The call changes its caller, who is therefore a new one each time. */
  readonly changesCaller?: true;
  /** API tokens are kept out by the route itself, whatever their scopes. */
  readonly sessionOnly?: true;
  /** The call changes the workspace itself, which is therefore a new and empty one each time. */
  readonly inNewWorkspace?: true;
  /** `cache-control` of the answer, where it is not "private, no-store". */
  readonly caching?: string;
}

/** By method and path, such as `GET /uploads/{upload_id}`. */
export type Rows = Readonly<Record<string, Row>>;
