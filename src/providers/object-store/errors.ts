import { problem } from '../../platform/errors/problem.js';

/** A programming error: keys are built from ids and names that have been checked before. */
export class InvalidObjectKey extends Error {
  constructor(key: string) {
    super(`Not an object key: ${JSON.stringify(key.slice(0, 200))}`);
  }
}

export class ObjectNotFound extends Error {
  constructor(readonly key: string) {
    super(`There is no object ${key}`);
  }
}

export class ObjectExists extends Error {
  constructor(readonly key: string) {
    super(`There is an object ${key} already`);
  }
}

/** The content was cut short or goes on beyond its declared length. Nothing was stored. */
export class ObjectLengthMismatch extends Error {
  constructor(
    readonly expected: number,
    readonly received: number,
  ) {
    super(`Expected ${expected} bytes and received ${received > expected ? 'more' : received}`);
  }
}

/** A part other than the last has less than 5 MiB. */
export class DirectPartTooSmall extends Error {
  constructor(readonly key: string) {
    super(`A part of the object ${key} is too small`);
  }
}

/** The upload was completed or aborted before, or has been too slow. */
export class DirectUploadGone extends Error {
  constructor(readonly key: string) {
    super(`There is no upload of the object ${key} any more`);
  }
}

/** The connection broke while the object was being read, and what could be read on is another version or none. */
export class ObjectReplaced extends Error {
  constructor(readonly key: string) {
    super(`The object ${key} was replaced or deleted while it was being read`);
  }
}

/** The bytes that came are not those that were stored. */
export class ObjectDamaged extends Error {
  constructor(readonly key: string) {
    super(`The content of the object ${key} does not agree with its checksum`);
  }
}

export class ObjectStoreUnavailable extends problem({
  slug: 'object-store-unavailable',
  title: 'Files cannot be reached',
  status: 503,
  help: 'Try again in a moment. If it stays like this, the operator has to look after the store of files: `GET /health` says how it is.',
}) {
  constructor(cause?: unknown) {
    super('The store of files cannot be reached, or takes no more requests just now.', { cause });
  }
}

export class StorageFull extends problem({
  slug: 'storage-full',
  title: 'No space left',
  status: 507,
  help: 'Delete data that is no longer needed or ask the operator for more disk. Nothing of the request was kept.',
}) {
  constructor(cause?: unknown) {
    super('There is no space left to store this. Nothing of it was kept; what was stored before is safe.', { cause });
  }
}
