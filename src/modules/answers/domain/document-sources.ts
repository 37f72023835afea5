import { inertText, shortened } from './inert-text.js';

/** A passage of a document that was found for an answer. */
export interface DocumentSource {
  /** By which the answer refers to it: `[1]`. */
  readonly number: number;
  readonly document_id: string;
  readonly title: string | null;
  /** Name of the source, and the channel or project in it. */
  readonly source: string;
  readonly container: string;
  /** Who wrote the passage, and when. */
  readonly author: string | null;
  readonly time: string;
  readonly url: string;
  readonly quote: string;
  /** Where the quote stands in the document's text, in UTF-16 units; `end` is behind it. */
  readonly start: number;
  readonly end: number;
  /** Whether the answer refers to it. */
  readonly cited: boolean;
}

const longestQuote = 300;

/** The words of a passage, as a part of an answer. */
export function quotation({ quote }: DocumentSource): string {
  return `“${inertText(shortened(quote, longestQuote))}”`;
}

/** Who wrote it where, and when. */
export function attribution({ author, source, container, time }: DocumentSource): string {
  const place = container === '' ? inertText(source) : `${inertText(container)} (${inertText(source)})`;
  return [...(author === null ? [] : [inertText(author)]), place, time.slice(0, 10)].join(', ');
}

/** The passages themselves, where nobody has put them into words. */
export function sayPassages(documents: readonly DocumentSource[]): string {
  return documents
    .map((document) => `- ${quotation(document)} [${document.number}] ${attribution(document)}`)
    .join('\n');
}

/** What the answer refers to, at its end. */
export function sourceList(documents: readonly DocumentSource[]): string {
  return documents.map((document) => `[${document.number}] ${attribution(document)}`).join('\n');
}
