import type { DocumentPart, SourceDocument } from './source-document.js';

/** What one person wrote at one time. */
export interface Contribution {
  readonly text: string;
  readonly author?: string | undefined;
  readonly createdAt: string;
  readonly url?: string | undefined;
}

/** The text of a document that began with `opening` and went on with replies, and whose the stretches are. */
export function joined(
  opening: string,
  replies: readonly Contribution[],
): Pick<SourceDocument, 'text'> & { readonly parts?: readonly DocumentPart[] } {
  let text = opening;
  const parts: DocumentPart[] = [];
  for (const reply of replies) {
    if (reply.text === '') continue;
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += reply.text;
    const { author, createdAt, url } = reply;
    parts.push({
      start,
      end: text.length,
      ...(author !== undefined && { author }),
      createdAt,
      ...(url !== undefined && { url }),
    });
  }
  return { text, ...(parts.length > 0 && { parts }) };
}

/** A platform's time as all documents have it. */
export function isoTime(time: string | number | Date): string {
  return new Date(time).toISOString();
}
