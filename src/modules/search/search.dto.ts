import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import type { DocumentKind } from '../../providers/connectors/source-document.js';
import { DocumentFilters, DocumentOrigin } from './document.dto.js';

/** What is searched for. */
export class SearchDocuments extends DocumentFilters {
  /**
   * Words or a question.
   * @example "How long does a refund take?"
   */
  @IsString()
  @IsStorable()
  @Length(1, 1000)
  q!: string;

  /**
   * How many documents at most.
   * @example 10
   */
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  k: number = 10;
}

/** A range of a quote, in UTF-16 units. */
export class QuoteRange {
  /** @example 4 */
  start!: number;

  /**
   * Behind the last.
   * @example 10
   */
  end!: number;
}

/** The passage that fits best. Others wrote it: show it as text, never as a page. */
export class Quote {
  /** @example "The refund takes two weeks." */
  text!: string;

  /**
   * Where it begins in the document's text, in UTF-16 units.
   * @example 120
   */
  start!: number;

  /** @example 147 */
  end!: number;

  /** The words that were searched for. */
  highlights!: QuoteRange[];
}

/** Why a document was found. */
export class HitReason {
  /**
   * Its place among those that have the words, from 1; null when it has none of them.
   * @example 1
   */
  words_rank!: number | null;

  /**
   * Its place among those whose vectors are near, from 1; null when it is not near.
   * @example 3
   */
  vectors_rank!: number | null;

  /**
   * Words of the search that the quoted passage has, as they are compared.
   * @example ["refund", "long"]
   */
  words!: string[];

  /**
   * Cosine of its vector and that of the search; null when it is not among the near ones.
   * @example 0.62
   */
  similarity!: number | null;
}

/** A document that was found, cited by its best passage. */
export class SearchHit {
  /** @example "doc_01j8x0q0000000000000000000" */
  document_id!: string;

  /** @example "thread" */
  kind!: DocumentKind;

  source!: DocumentOrigin;

  /** @example "How long does a refund take?" */
  title!: string | null;

  /** @example "#support" */
  container!: string;

  /**
   * Who wrote the quoted passage.
   * @example "Grace Hopper"
   */
  author!: string | null;

  /**
   * When the quoted passage was written.
   * @example "2026-05-01T09:30:00.000Z"
   */
  time!: string;

  /** Where the quoted passage stands at its source. */
  url!: string;

  quote!: Quote;

  /**
   * Compares hits of one search; the sum of 1 / (60 + rank) over words and vectors.
   * @example 0.0325
   */
  score!: number;

  why!: HitReason;
}

/** What makes vectors of texts here. */
export class SearchEmbedder {
  /** @example "builtin" */
  provider!: string;

  /** @example "hashed-words-1" */
  model_id!: string;

  /** Whether it knows no more than which words and parts of words texts share. */
  lexical!: boolean;
}

export class SearchResults {
  /** The best first. */
  hits!: SearchHit[];

  /**
   * The words that were searched for, as they are compared.
   * @example ["long", "refund"]
   */
  words!: string[];

  /** False while the embedder cannot be reached: then documents were searched by their words alone. */
  vectors_used!: boolean;

  embedder!: SearchEmbedder;
}
