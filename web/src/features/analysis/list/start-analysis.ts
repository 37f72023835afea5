import { signedFetch } from '@/lib/api/client';
import { ApiProblem } from '@/lib/api/problem';

export const interviewEndings = ['.txt', '.md', '.vtt', '.srt', '.docx'] as const;
export const mostInterviews = 20;

export interface NewAnalysis {
  readonly files: readonly File[];
  /** Empty: the service names it by its files. */
  readonly title: string;
  /** Empty: the language model, where one is set up. */
  readonly method: string;
}

/** Asks for an analysis; the same key asks for the same one. Returns its id, or rejects with an `ApiProblem`. */
export async function startAnalysis({ files, title, method }: NewAnalysis, key: string): Promise<string> {
  const form = new FormData();
  // What describes the files comes before them.
  if (title.trim()) form.set('title', title.trim());
  if (method) form.set('method', method);
  for (const file of files) form.append('file', file, file.name);
  const response = await signedFetch('/api/v1/analysis/requests', {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body: form,
  });
  return ((await response.json()) as { request_id: string }).request_id;
}

export function isInterview({ name }: File): boolean {
  return interviewEndings.some((ending) => name.toLowerCase().endsWith(ending));
}

/** The interviews that come with the page, for those who want to try it before they bring their own. */
export const sample = {
  title: 'Money and work, as two men remember them',
  files: ['fountain-hughes-1949.txt', 'bob-ledbetter-1940.vtt'],
  description: 'two recordings, Fountain Hughes (1949) and Bob Ledbetter (1940), about money, work and growing up.',
  source: 'https://www.loc.gov/collections/voices-remembering-slavery/',
  sourceName: 'Library of Congress, Voices Remembering Slavery',
  licence: 'no known restrictions',
} as const;

export async function fetchSample(): Promise<readonly File[]> {
  return Promise.all(
    sample.files.map(async (name) => {
      const response = await fetch(`/samples/${name}`).catch((error: unknown) => {
        throw ApiProblem.unreachable(error);
      });
      if (!response.ok) throw await ApiProblem.of(response);
      return new File([await response.blob()], name, { type: 'text/plain', lastModified: 0 });
    }),
  );
}
