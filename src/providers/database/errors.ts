/** A row with the same unique value exists already. Repositories turn it into a problem of their own. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation';

  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** The file cannot be read as a database any more. Meant for whoever runs the service, so it names the file. */
export class DatabaseDamaged extends Error {
  override readonly name = 'DatabaseDamaged';

  constructor(file: string, cause: unknown) {
    super(
      `The database ${file} is damaged or is no Tabletalk database. Nothing was changed. ` +
        'Stop the service and restore the file (with its -wal file, if there is one) from a backup.',
      { cause },
    );
  }
}

/** The disk did not keep what was written. Meant for whoever runs the service, so it names the file. */
export class DatabaseNotDurable extends Error {
  override readonly name = 'DatabaseNotDurable';

  constructor(file: string, cause: unknown) {
    super(
      `The disk did not take what was written to the database ${file}: ${(cause as Error).message}. Nothing is read ` +
        'or written any more, since nobody knows what the disk holds. Look after the disk, then start the service anew.',
      { cause },
    );
  }
}

/** The database was written by a newer release than this one. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';

  constructor(unknown: readonly string[]) {
    super(
      `The database was written by a newer release of Tabletalk: it has the migrations ${unknown.join(', ')}, ` +
        'which this release does not know. Nothing was changed. Start that release or a later one.',
    );
  }
}
