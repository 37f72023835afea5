import { signedFetch } from '@/lib/api/client';
import { CsvRows } from './parse-csv';

export interface Rejects {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether there are more than these. */
  readonly truncated: boolean;
}

export function rejectsPath(dataset: string, version: number): string {
  return `/api/v1/datasets/${encodeURIComponent(dataset)}/versions/${version}/rejects`;
}

/** The first rejected rows of a version; no more of the file is fetched than that takes. */
export async function readRejects(
  dataset: string,
  version: number,
  limit: number,
  signal: AbortSignal,
): Promise<Rejects> {
  const response = await signedFetch(rejectsPath(dataset, version), { signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new CsvRows();
  const rows: string[][] = [];
  try {
    while (rows.length <= limit + 1) {
      const next = await reader.read();
      if (next.done) break;
      rows.push(...parser.push(next.value));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  const [header = [], ...rest] = rows;
  return { header, rows: rest.slice(0, limit), truncated: rest.length > limit };
}
