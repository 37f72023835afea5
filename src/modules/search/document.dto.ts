import { IsIn, IsISO8601, IsRFC3339, IsString, Length } from 'class-validator';
import { IntersectionType } from '@nestjs/swagger';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import type { SourceKind } from '../../providers/connectors/connector.js';
import { type DocumentKind, documentKinds } from '../../providers/connectors/source-document.js';

/** Which documents are wanted. Of those that nobody else wrote at another time, all of the text counts as its author's. */
export class DocumentFilters {
  /**
   * Only of this source.
   * @example "src_01j8x0q0000000000000000000"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  source?: string;

  /**
   * Only documents of this kind.
   * @example "issue"
   */
  @IsOptional()
  @IsIn(documentKinds)
  kind?: DocumentKind;

  /**
   * Only by this author, by the whole name; case and accents do not matter.
   * @example "Grace Hopper"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 200)
  author?: string;

  /**
   * Only what was written at this time or later.
   * @example "2026-01-01T00:00:00Z"
   */
  @IsOptional()
  @IsRFC3339()
  @IsISO8601({ strict: true })
  from?: string;

  /**
   * Only what was written before this time.
   * @example "2026-02-01T00:00:00Z"
   */
  @IsOptional()
  @IsRFC3339()
  @IsISO8601({ strict: true })
  to?: string;
}

/** Documents by the time of their latest change. */
export class ListDocuments extends IntersectionType(DocumentFilters, PageQuery) {}

/** Where a document comes from. */
export class DocumentOrigin {
  /** @example "src_01j8x0q0000000000000000000" */
  source_id!: string;

  /** @example "Support channels" */
  name!: string;

  /** @example "slack" */
  kind!: SourceKind;
}

/** What is known of a document beside its text. */
export class DocumentSummary {
  /** @example "doc_01j8x0q0000000000000000000" */
  document_id!: string;

  /** @example "thread" */
  kind!: DocumentKind;

  source!: DocumentOrigin;

  /** @example "How long does a refund take?" */
  title!: string | null;

  /**
   * Who wrote it, or began it.
   * @example "Ada Lovelace"
   */
  author!: string | null;

  /**
   * The channel or project that it is in.
   * @example "#support"
   */
  container!: string;

  /**
   * Where it stands at its source.
   * @example "https://example.slack.com/archives/C024BE91L/p1714390000000100"
   */
  url!: string;

  created_at!: string;
  updated_at!: string;

  /**
   * How it is found: by words and vectors, by words alone as long as its vectors are not made, or not yet.
   * @example "words_and_vectors"
   */
  found_by!: 'words_and_vectors' | 'words' | 'nothing';

  /** Fields that documents of this kind have, such as the state and labels of an issue. */
  metadata!: Record<string, unknown>;
}

/** A document as lists show it. */
export class ListedDocument extends DocumentSummary {
  /**
   * How its text begins, in one line. Others wrote it: show it as text, never as a page.
   * @example "How long does a refund take? A customer asked on Monday and"
   */
  excerpt!: string;
}

export class DocumentPage {
  items!: ListedDocument[];

  next_cursor!: string | null;
}

/** A stretch of the text that somebody else wrote, or at another time. */
export class DocumentPartView {
  /** Offset in UTF-16 units. */
  start!: number;

  /** Offset of what follows. */
  end!: number;

  author!: string | null;
  created_at!: string;
  url!: string | null;
}

/** A document with its text, which others wrote: show it as text, never as a page. */
export class Document extends DocumentSummary {
  text!: string;

  /** Replies and comments, in the order of the text. */
  parts!: DocumentPartView[];
}
