/** Names that the engine's messages give to types, those of its storage included. */
const MESSAGE_NAMES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int8: 'tinyint',
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  int128: 'decimal(38,0)',
  hugeint: 'decimal(38,0)',
  integer_literal: 'integer',
  string_literal: 'varchar',
  float: 'real',
  blob: 'varbinary',
  interval: 'interval',
  null: 'unknown',
};

const SAME_IN_TRINO =
  /^(boolean|tinyint|smallint|integer|bigint|double|varchar|date|time|timestamp|timestamp with time zone|json|uuid)$/;

/** Trino's name of a type as the engine's messages write it; undefined for names that say nothing to an author. */
export function trinoNameOf(engineName: string): string | undefined {
  const name = engineName.trim().toLowerCase();
  if (name.endsWith('[]')) return `array(${trinoNameOf(name.slice(0, -2)) ?? 'unknown'})`;
  if (SAME_IN_TRINO.test(name)) return name;
  if (/^decimal(\(\d+,\s?\d+\))?$/.test(name)) return name.replaceAll(' ', '');
  if (name.startsWith('struct(')) return 'row';
  return name.startsWith('map(') ? 'map' : MESSAGE_NAMES[name];
}
