import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { foldText } from '../../platform/text/fold-text.js';
import { searchTerms, stopWords } from '../../platform/text/search-terms.js';
import { Embedder } from '../../providers/embedder/embedder.js';
import { isModelProblem } from '../../providers/language-model/errors.js';
import { type FoundPassage, PassageIndex, type PassageScope } from '../../providers/passage-index/passage-index.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { type DocumentRow, DocumentsRepository } from '../documents/documents.repository.js';
import { SourceAccess, type VisibleSource } from '../sources/source-access.js';
import type { DocumentFilters } from './document.dto.js';
import { rankDocuments, type RankedDocument } from './domain/rank-documents.js';
import { searchHit } from './domain/search-hit.js';
import { SearchResults } from './search.dto.js';

export interface DocumentQuery extends DocumentFilters {
  readonly q: string;
  readonly k: number;
}

const mostTerms = 24;
/** Passages that are looked at for each document that is wanted: several may be of the same one. */
const passagesPerDocument = 5;
const fewestPassages = 50;
const mostPassages = 3200;
/** What vectors have in common by chance: those of hashed words some, those of models nothing that is known. */
const leastSimilarity = { lexical: 0.15, semantic: 0 };

interface FoundLists {
  readonly words: readonly FoundPassage[];
  /** Undefined: the embedder could not be reached. */
  readonly vectors: readonly FoundPassage[] | undefined;
}

/** Finds documents by words and by vectors, among those that the caller may read. */
@Injectable()
export class DocumentSearch {
  constructor(
    private readonly access: SourceAccess,
    private readonly documents: DocumentsRepository,
    private readonly index: PassageIndex,
    private readonly embedder: Embedder,
    private readonly audit: AuditLog,
  ) {}

  /** The sources whose documents the caller may read. Throws `InvalidRequest` when `source` names none of them. */
  async sources(caller: Caller, source?: string): Promise<readonly VisibleSource[]> {
    const visible = await this.access.visibleTo(caller);
    if (source === undefined) return visible;
    const named = visible.filter(({ sourceId }) => sourceId === source);
    if (named.length > 0) return named;
    throw new InvalidRequest([{ pointer: '?source', detail: 'is not the id of a source that you may read' }]);
  }

  /** As many documents as there are, up to `k`. */
  async find(caller: Caller, query: DocumentQuery, signal = new AbortController().signal): Promise<SearchResults> {
    const sources = await this.sources(caller, query.source);
    const terms = termsOf(query.q);
    const vector = sources.length === 0 ? undefined : await this.vectorOf(query.q, signal);
    const scope = {
      workspaceId: caller.workspaceId,
      sourceIds: sources.map(({ sourceId }) => sourceId),
      from: isoTime(query.from),
      to: isoTime(query.to),
      authorKey: query.author === undefined ? undefined : foldText(query.author),
      kind: query.kind,
    };
    const ranked = await this.ranked(scope, query.k, terms, vector);
    const { provider, modelId, isLexical } = this.embedder;
    const hits = await this.hits(caller, sources, ranked, new Set(terms));
    const detail = { k: query.k, hits: hits.length };
    this.audit.note({ ...caller, action: 'documents.searched', outcome: 'allowed', detail });
    return {
      hits,
      words: terms,
      vectors_used: vector !== undefined,
      embedder: { provider, model_id: modelId, lexical: isLexical },
    };
  }

  /** Looks at more passages until there are enough documents, or no more passages. */
  private async ranked(
    scope: Omit<PassageScope, 'limit'>,
    k: number,
    terms: readonly string[],
    vector: Float32Array | undefined,
  ): Promise<RankedDocument[]> {
    if (scope.sourceIds.length === 0) return [];
    for (let limit = Math.max(fewestPassages, k * passagesPerDocument); ; limit *= 4) {
      const { words, vectors = [] } = await this.look({ ...scope, limit }, terms, vector);
      const ranked = rankDocuments(words, vectors);
      const thereIsMore = words.length === limit || vectors.length === limit;
      if (ranked.length >= k || !thereIsMore || limit >= mostPassages) return ranked.slice(0, k);
    }
  }

  private async look(
    scope: PassageScope,
    terms: readonly string[],
    vector: Float32Array | undefined,
  ): Promise<FoundLists> {
    const [words, vectors] = await Promise.all([
      this.index.matching(scope, terms),
      vector && this.index.nearest(scope, this.embedder.space, vector),
    ]);
    const least = this.embedder.isLexical ? leastSimilarity.lexical : leastSimilarity.semantic;
    return { words, vectors: vectors?.filter(({ score }) => score >= least) };
  }

  /** Undefined when the embedder cannot be reached: then words must do. */
  private async vectorOf(text: string, signal: AbortSignal): Promise<Float32Array | undefined> {
    if (text.trim() === '') return undefined;
    try {
      const [vector] = await this.embedder.embed([text], 'query', signal);
      return vector;
    } catch (error) {
      if (isModelProblem(error)) return undefined;
      throw error;
    }
  }

  /** What was removed meanwhile, or moved out of sight, is left out. */
  private async hits(
    { workspaceId }: Caller,
    sources: readonly VisibleSource[],
    ranked: readonly RankedDocument[],
    terms: ReadonlySet<string>,
  ): Promise<SearchResults['hits']> {
    if (ranked.length === 0) return [];
    const sourceIds = sources.map(({ sourceId }) => sourceId);
    const ids = ranked.map(({ documentId }) => documentId);
    const rows = new Map<string, DocumentRow>();
    for (const row of await this.documents.find(workspaceId, sourceIds, ids)) rows.set(row.document_id, row);
    return ranked.flatMap((found) => {
      const row = rows.get(found.documentId);
      const source = sources.find(({ sourceId }) => sourceId === row?.source_id);
      return row && source ? [searchHit(row, source, found, terms)] : [];
    });
  }
}

/** The words that matter, unless none does. */
function termsOf(text: string): string[] {
  const all = [...new Set([...searchTerms(text)].map(({ term }) => term))];
  const telling = all.filter((term) => !stopWords.has(term));
  return (telling.length > 0 ? telling : all).slice(0, mostTerms);
}

function isoTime(time: string | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
