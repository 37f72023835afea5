/** Code of the fault by which a task says so. */
export const SCHEMAS_DIFFER = 'schemas-differ';

/** The files of one table do not have the same columns: a programming error, since publishing refuses drift. */
export class StoredSchemasDiffer extends Error {
  constructor(detail: string) {
    super(`The files of the table have different columns: ${detail}`);
    this.name = new.target.name;
  }
}
