export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
}

/** One difference between two schemas: `from` is null for a column that was added, `to` for one that was dropped. */
export interface SchemaChange {
  readonly column: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What leads from one schema to the other: dropped and retyped columns in the old order, then added ones in the new. */
export function schemaChanges(from: readonly SchemaColumn[], to: readonly SchemaColumn[]): SchemaChange[] {
  const before = new Map(from.map(({ name, type }) => [name, type]));
  const after = new Map(to.map(({ name, type }) => [name, type]));
  const changed = from
    .filter(({ name, type }) => after.get(name) !== type)
    .map(({ name, type }) => ({ column: name, from: type, to: after.get(name) ?? null }));
  const added = to
    .filter(({ name }) => !before.has(name))
    .map(({ name, type }) => ({ column: name, from: null, to: type }));
  return [...changed, ...added];
}
