import { asProblem, ApiProblem } from './api/problem';

/** What a sign-in leaves in this browser. Every tab shares it. */
interface Stored {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export type SessionState = 'signed-in' | 'signed-out' | 'expired';

const key = 'tabletalk.session';
const workspaceKey = 'tabletalk.workspace';
/** A token is renewed this long before it ends, so that no request meets an expired one. */
const marginMs = 60_000;

const listeners = new Set<() => void>();
let expired = false;

/** Signing in, staying signed in, and who is told when that ends. */
export const session = {
  get state(): SessionState {
    if (expired) return 'expired';
    return read() ? 'signed-in' : 'signed-out';
  },

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    const onStorage = (event: StorageEvent) => {
      if (event.key !== key && event.key !== workspaceKey) return;
      if (event.key === key && event.newValue) expired = false;
      listener();
    };
    window.addEventListener('storage', onStorage);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', onStorage);
    };
  },

  /** The workspace that requests are about, or undefined for the user's default one. */
  get workspaceId(): string | undefined {
    return localStorage.getItem(workspaceKey) ?? undefined;
  },

  chooseWorkspace(id: string | undefined): void {
    if (id === undefined) localStorage.removeItem(workspaceKey);
    else localStorage.setItem(workspaceKey, id);
    announce();
  },

  /** Keeps the pair that `POST /auth/login`, `/auth/setup` or `/invitations/accept` answered. */
  begin(pair: { access_token: string; refresh_token: string; expires_in: number }): void {
    write(pair);
    expired = false;
    announce();
  },

  /**
   * A token that is good for at least the next minute. Whose session has ended signs in over the page; what was asked
   * for meanwhile waits for that and then goes on. Rejects with an `ApiProblem` where nobody is signed in.
   */
  async token(): Promise<string> {
    const stored = read();
    if (!stored) return begunAgain();
    if (stored.expiresAt - Date.now() > marginMs) return stored.accessToken;
    return this.renew(stored.accessToken);
  },

  /** Replaces a token that is about to end or was refused; tabs take turns, and those behind use what the first got. */
  async renew(refused: string): Promise<string> {
    const renewed = await inTurn(async () => {
      const stored = read();
      if (!stored) return undefined;
      if (stored.accessToken !== refused) return stored.accessToken;
      const response = await post('/auth/refresh', { refresh_token: stored.refreshToken });
      if (response.status === 401 || response.status === 403) {
        localStorage.removeItem(key);
        expired = true;
        announce();
        return undefined;
      }
      if (!response.ok) throw await ApiProblem.of(response);
      return write(await response.json()).accessToken;
    });
    return renewed ?? begunAgain();
  },

  /** Ends the session here and in the service. */
  async end(): Promise<void> {
    const stored = read();
    localStorage.removeItem(key);
    expired = false;
    announce();
    if (!stored) return;
    await fetch('/api/v1/auth/logout', {
      method: 'POST',
      headers: { authorization: `Bearer ${stored.accessToken}` },
    }).catch(() => undefined);
  },
};

/** A call that needs no session, such as signing in. Resolves to the answer's JSON. */
export async function callPublic<Answer>(path: string, body: unknown): Promise<Answer> {
  try {
    const response = await post(path, body);
    if (!response.ok) throw await ApiProblem.of(response);
    return (await response.json()) as Answer;
  } catch (error) {
    throw asProblem(error);
  }
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function read(): Stored | undefined {
  const text = localStorage.getItem(key);
  return text ? (JSON.parse(text) as Stored) : undefined;
}

function write(pair: { access_token: string; refresh_token: string; expires_in: number }): Stored {
  const stored: Stored = {
    accessToken: pair.access_token,
    refreshToken: pair.refresh_token,
    expiresAt: Date.now() + pair.expires_in * 1000,
  };
  localStorage.setItem(key, JSON.stringify(stored));
  return stored;
}

function announce(): void {
  for (const listener of listeners) listener();
}

/** The token of the session that begins where the last one has ended. */
function begunAgain(): Promise<string> {
  if (!expired) {
    return Promise.reject(
      new ApiProblem(401, 'session-ended', 'You are signed out', 'Sign in again to go on; this page is kept.'),
    );
  }
  return new Promise((resolve) => {
    const unsubscribe = session.subscribe(() => {
      const stored = read();
      if (!stored) return;
      unsubscribe();
      resolve(stored.accessToken);
    });
  });
}

/** One at a time over all tabs where the browser can do that (a secure context), else over this tab. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (typeof navigator !== 'undefined' && navigator.locks) {
    return navigator.locks.request('tabletalk.session', work);
  }
  const result = lastTurn.then(work, work);
  lastTurn = result.catch(() => undefined);
  return result;
}

let lastTurn: Promise<unknown> = Promise.resolve();
