/** What a document is in the system that it comes from. */
export const documentKinds = ['message', 'thread', 'issue', 'merge_request', 'wiki', 'readme', 'file'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A stretch of a document's text that somebody else wrote, or at another time: a reply of a thread, a comment. */
export interface DocumentPart {
  /** Offsets into the text, in UTF-16 units; parts are in order, do not overlap, and may leave gaps. */
  readonly start: number;
  readonly end: number;
  readonly author?: string;
  readonly createdAt: string;
  /** Where this part can be read. */
  readonly url?: string;
}

/** Something that people wrote, as a connector brings it. Times are ISO-8601 UTC with milliseconds. */
export interface SourceDocument {
  /** Unique in the source and the same at every sync, such as `C024BE91L/1714390000.000100`. At most 500 characters. */
  readonly externalId: string;
  readonly kind: DocumentKind;
  readonly title?: string;
  /** Plain text or Markdown, with the replies or comments. Untrusted. */
  readonly text: string;
  /** Name of who began it. */
  readonly author?: string;
  readonly url: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The channel or project that it is in, by the name that people know. */
  readonly container: string;
  /** Absent: all of the text is by the author. */
  readonly parts?: readonly DocumentPart[];
  /** Fields of the kind: state, labels, assignees … Kept and compared, not searched. */
  readonly metadata: Readonly<Record<string, unknown>>;
}
