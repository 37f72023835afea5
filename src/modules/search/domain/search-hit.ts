import { searchTerms } from '../../../platform/text/search-terms.js';
import {
  type BrowsedDocument,
  type DocumentListing,
  type DocumentRow,
  partsOf,
} from '../../documents/documents.repository.js';
import { partAt } from '../../documents/domain/passages.js';
import { writtenAt } from '../../documents/domain/document-row.js';
import type { VisibleSource } from '../../sources/source-access.js';
import type { Document, DocumentOrigin, DocumentSummary, ListedDocument } from '../document.dto.js';
import type { SearchHit } from '../search.dto.js';
import { quoteOf } from './quote.js';
import type { PassageRange, RankedDocument } from './rank-documents.js';

/** A document as it is cited: who wrote the quoted passage, when, and where it stands. */
export function searchHit(
  row: DocumentRow,
  source: VisibleSource,
  { score, wordsRank, vectorsRank, similarity, passages }: RankedDocument,
  terms: ReadonlySet<string>,
): SearchHit {
  const passage = tellingPassage(row.text, passages, terms);
  const part = partAt(partsOf(row), passage.start);
  const { highlights, ...quote } = quoteOf(row.text, passage, terms);
  const words = wordsOf(row.text, passage);
  return {
    document_id: row.document_id,
    kind: row.kind,
    source: originOf(source),
    title: row.title,
    container: row.container,
    author: (part ? part.author : row.author) ?? null,
    time: part?.createdAt ?? writtenAt(row),
    url: part?.url ?? row.url,
    quote: { ...quote, highlights: [...highlights] },
    score,
    why: {
      words_rank: wordsRank ?? null,
      vectors_rank: vectorsRank ?? null,
      words: [...terms].filter((term) => words.has(term)),
      similarity: similarity ?? null,
    },
  };
}

/** The best one; where that asks, a statement that has as many of the words, as in a reply. */
function tellingPassage(text: string, passages: readonly PassageRange[], terms: ReadonlySet<string>): PassageRange {
  const best = passages[0]!;
  const asks = ({ start, end }: PassageRange) => /[?？]\s*$/.test(text.slice(start, end));
  const has = (passage: PassageRange) => [...wordsOf(text, passage)].filter((word) => terms.has(word)).length;
  if (!asks(best)) return best;
  return passages.find((each) => !asks(each) && has(each) >= has(best)) ?? best;
}

function wordsOf(text: string, { start, end }: PassageRange): ReadonlySet<string> {
  return new Set([...searchTerms(text.slice(start, end))].map(({ term }) => term));
}

function documentSummary(row: DocumentListing, source: VisibleSource): DocumentSummary {
  const { document_id, kind, title, author, container, url, created_at, updated_at, indexed_as, metadata } = row;
  return {
    document_id,
    kind,
    source: originOf(source),
    title,
    author,
    container,
    url,
    created_at,
    updated_at,
    found_by: indexed_as === '' ? 'nothing' : indexed_as === 'words' ? 'words' : 'words_and_vectors',
    metadata: JSON.parse(metadata) as Record<string, unknown>,
  };
}

export function listedDocument(row: BrowsedDocument, source: VisibleSource): ListedDocument {
  return { ...documentSummary(row, source), excerpt: row.beginning.replace(/\s+/g, ' ').trim() };
}

export function wholeDocument(row: DocumentRow, source: VisibleSource): Document {
  return {
    ...documentSummary(row, source),
    text: row.text,
    parts: partsOf(row).map(({ start, end, author, createdAt, url }) => ({
      start,
      end,
      author: author ?? null,
      created_at: createdAt,
      url: url ?? null,
    })),
  };
}

function originOf({ sourceId, name, kind }: VisibleSource): DocumentOrigin {
  return { source_id: sourceId, name, kind };
}
