import { problem } from '../../platform/errors/problem.js';

/** The condition of a write was not met; nothing was changed. */
export class ConditionFailed extends Error {
  constructor(
    readonly table: string,
    /** Position of the write within its transaction; 0 for a single write. */
    readonly index: number = 0,
  ) {
    super(`The condition of a write to ${table} was not met`);
  }
}

export class ItemTooLarge extends Error {
  constructor(
    readonly table: string,
    /** Undefined when an update would have made it so large. */
    readonly bytes?: number,
  ) {
    super(`An item of ${table} has ${bytes ?? 'too many'} bytes; at most 400 KB are stored`);
  }
}

export class TransactionTooLarge extends Error {
  constructor(readonly bytes: number) {
    super(`The items of a transaction have ${bytes} bytes; at most 4 MB are written together`);
  }
}

/** A programming error: an item without its key, or with a value that cannot be stored. */
export class InvalidItem extends Error {
  constructor(table: string, reason: string) {
    super(`Not an item of ${table}: ${reason}`);
  }
}

export class ItemStoreUnavailable extends problem({
  slug: 'item-store-unavailable',
  title: 'Conversations cannot be reached',
  status: 503,
  help: 'Try again in a moment. If it stays like this, the operator has to look after the store of conversations: `GET /health` says how it is.',
}) {
  constructor(cause?: unknown) {
    super('The store of conversations cannot be reached, or takes no more requests just now.', { cause });
  }
}
