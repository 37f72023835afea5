/** A row as Athena gives it: every value as text. */
export type AthenaRow = readonly (string | null)[];

/** A row of the embedded engine's in Athena's words. */
export function athenaText(row: readonly unknown[], columns: readonly { readonly type: string }[]): AthenaRow {
  return row.map((value, index) => (value === null ? null : textOf(value, columns[index]!.type)));
}

function textOf(value: unknown, type: string): string {
  if (type.startsWith('timestamp')) return timestamp(String(value), type.endsWith('zone'));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `2024-01-31T10:00:00Z` as `2024-01-31 10:00:00.000 UTC`. */
function timestamp(value: string, zoned: boolean): string {
  const [, day, time, fraction = ''] = /^(\S+)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(value)!;
  return `${day} ${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zoned ? ' UTC' : ''}`;
}

/** The file that Athena writes into the bucket: all in quotes, NULL as nothing. */
export function athenaCsv(names: readonly string[], rows: readonly AthenaRow[]): string {
  const field = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);
  return [names, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}
