import { InvalidRequest } from '../errors/common-problems.js';
import { KeyRing } from '../security/key-ring.js';

/**
 * Makes and reads list cursors. A cursor is opaque to clients: base64url JSON with a signature over it and over its
 * scope (the list, its workspace and its filters), so that it can neither be altered nor used for another list.
 */
export class CursorCodec {
  constructor(private readonly keys: KeyRing) {}

  encode(scope: string, position: unknown): string {
    const body = Buffer.from(JSON.stringify(position)).toString('base64url');
    return `${body}.${this.signature(scope, body)}`;
  }

  /** Throws `InvalidRequest` for anything that `encode` did not make for this scope. */
  decode<Position>(scope: string, cursor: string): Position {
    const [body, signature, ...rest] = cursor.split('.');
    if (!body || !signature || rest.length > 0 || !this.keys.verify('cursor', `${scope}\n${body}`, signature)) {
      throw new InvalidRequest([
        {
          pointer: '?cursor',
          detail:
            'is not a cursor of this list: take next_cursor of its previous page unchanged, or leave it out to begin anew',
        },
      ]);
    }
    return JSON.parse(Buffer.from(body, 'base64url').toString()) as Position;
  }

  private signature(scope: string, body: string): string {
    return this.keys.sign('cursor', `${scope}\n${body}`);
  }
}
