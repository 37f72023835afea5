import { AsyncLocalStorage } from 'node:async_hooks';

interface RequestContext {
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Makes `requestId` known to everything that `next` starts. */
export function withRequestId(requestId: string, next: () => void): void {
  storage.run({ requestId }, next);
}

/** The id of the request being served; undefined in background work. */
export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}
