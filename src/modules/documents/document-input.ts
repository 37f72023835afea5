export const documentKinds = [
  'message',
  'thread',
  'issue',
  'merge_request',
  'note',
  'wiki',
  'readme',
  'file',
] as const;

export type DocumentKind = (typeof documentKinds)[number];

/** A document as its source has it. */
export interface DocumentInput {
  /** The source's own id of it: what is put again under the same one replaces the document. At most 500 characters. */
  readonly externalId: string;
  readonly kind: DocumentKind;
  readonly title?: string | undefined;
  /** Plain text or Markdown. Blank: the document cannot be found by its text. */
  readonly text: string;
  /** The name under which people know who wrote it. */
  readonly author?: string | undefined;
  /** Where people see it: an absolute http or https address. */
  readonly url: string;
  /** ISO-8601 in UTC, such as `2026-11-21T08:00:00.000Z`. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The channel or project that it is in, as people call it. */
  readonly container?: string | undefined;
  /** What else the source knows of it. Not searched; shown with the document. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** Whose documents they are. */
export interface DocumentSource {
  readonly workspaceId: string;
  readonly sourceId: string;
}

/** What became of a batch. */
export interface DocumentCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
}
