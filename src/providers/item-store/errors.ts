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
    readonly bytes: number,
  ) {
    super(`An item of ${table} has ${bytes} bytes; at most 400 KB are stored`);
  }
}

/** A programming error: an item without its key, or with a value that cannot be stored. */
export class InvalidItem extends Error {
  constructor(table: string, reason: string) {
    super(`Not an item of ${table}: ${reason}`);
  }
}
