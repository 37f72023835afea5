import { createHash } from 'node:crypto';
import type { Preview } from '../../../csv/preview.js';

/** A preview in the form in which it is kept: ready to be served without being parsed. */
export interface StoredPreview {
  /** Changes when anything of it does; quoted as in HTTP. */
  etag: string;
  /** JSON object of all but the rows. */
  facts: string;
  /** The rows as JSON arrays, one a line. */
  rows: string;
  row_count: number;
  /** 1 when the file has more rows than these. */
  truncated: number;
}

export function storePreview({ rows, row_count, truncated, ...rest }: Preview): StoredPreview {
  const facts = JSON.stringify(rest);
  const lines = rows.map((row) => JSON.stringify(row)).join('\n');
  const etag = `"${createHash('sha256').update(`${facts}\n${truncated}\n${lines}`).digest('base64url').slice(0, 22)}"`;
  return { etag, facts, rows: lines, row_count, truncated: truncated ? 1 : 0 };
}

/** The JSON text of a preview with at most `limit` rows, and the tag that belongs to it. */
export function renderPreview(stored: StoredPreview, limit: number): { etag: string; body: string } {
  const whole = limit >= stored.row_count;
  const rows = whole ? stored.rows.replaceAll('\n', ',') : stored.rows.split('\n', limit).join(',');
  const count = whole ? stored.row_count : limit;
  const truncated = !whole || stored.truncated === 1;
  const etag = whole ? stored.etag : stored.etag.replace(/"$/, `-${limit}"`);
  const facts = whole ? stored.facts : factsOfFirst(stored.facts, limit);
  return { etag, body: `${facts.slice(0, -1)},"row_count":${count},"truncated":${truncated},"rows":[${rows}]}` };
}

/** What the facts say of single rows, for those alone that are shown. Previews that were kept by earlier releases lack it. */
function factsOfFirst(text: string, limit: number): string {
  const { lines = [], misfits = [], ...facts } = JSON.parse(text) as Partial<Preview>;
  return JSON.stringify({ ...facts, lines: lines.slice(0, limit), misfits: misfits.filter(({ row }) => row < limit) });
}
