import { ConnectorRefused } from '../errors.js';
import type { SlackApi } from './slack-api.js';

/** Names of users, as far as the token may know them. */
export class SlackPeople {
  private readonly names = new Map<string, string>();
  /** False once we were told that names are not for us: then ids have to do. */
  private allowed = true;

  constructor(private readonly api: SlackApi) {}

  readonly nameOf = (userId: string): string => this.names.get(userId) ?? userId;

  /** Everybody at once, before much is read. */
  async loadAll(): Promise<void> {
    await this.ifAllowed(async () => {
      for (const [id, name] of await this.api.people()) this.names.set(id, name);
    });
  }

  async load(ids: Iterable<string>): Promise<void> {
    for (const id of new Set(ids)) {
      if (this.names.has(id) || !this.allowed) continue;
      await this.ifAllowed(async () => {
        this.names.set(id, await this.api.person(id).catch(idWhenUnknown(id)));
      });
    }
  }

  private async ifAllowed(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ConnectorRefused)) throw error;
      this.allowed = false;
    }
  }
}

function idWhenUnknown(id: string): (error: unknown) => string {
  return (error) => {
    if (error instanceof Error && /user_not_found|user_not_visible/.test(error.message)) return id;
    throw error;
  };
}
