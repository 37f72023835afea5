import { Injectable } from '@nestjs/common';
import type { DocumentFilters } from '../search/document.dto.js';
import { DocumentSearch } from '../search/document-search.js';
import type { SearchHit } from '../search/search.dto.js';
import { provenanceOf, withAssumptions } from './answer-parts.js';
import { fitting, type LeastFit } from './domain/document-fit.js';
import { type DocumentSource, sayPassages } from './domain/document-sources.js';
import { shortened } from './domain/inert-text.js';
import { foundNothing } from './domain/result-table.js';
import type { Answer, Turn } from './turn.js';

export const documentTool = 'search_documents';

const mostFound = 8;
const mostLookedAt = 48;
const mostQuoted = 3;
const longestKept = 400;

/** What tables and documents say together, and the passages that it cites. */
export interface SaidByBoth {
  readonly content: string;
  readonly documents?: readonly DocumentSource[];
}

/** Finds passages of documents for answers, with the rights of whoever asked. */
@Injectable()
export class DocumentPassages {
  constructor(private readonly documents: DocumentSearch) {}

  /** The best first. What is new among them gets its number in the turn. */
  async find(turn: Turn, q: string, filters: DocumentFilters = {}): Promise<readonly DocumentSource[]> {
    const { hits } = await this.documents.find(turn.caller, { q, k: mostFound, ...filters }, turn.signal);
    return hits.map((hit) => numbered(turn, hit));
  }

  /**
   * An answer in the words of documents, where they have what was asked; undefined where they do not, or the chatbot or
   * its user may not look there. `before` and `behind` say what tables make of the question.
   */
  async answer(
    turn: Turn,
    least: LeastFit,
    { before = '', behind = '' }: { readonly before?: string; readonly behind?: string } = {},
  ): Promise<Answer | undefined> {
    const quoted = await this.quoted(turn, least);
    if (quoted.length === 0) return undefined;
    const content = [`${before}${saying(quoted)}`, ...(behind === '' ? [] : [behind])].join('\n\n');
    const provenance = { ...provenanceOf(turn), documents: quoted, model: { provider: 'builtin' }, cells: [] };
    return { content: withAssumptions(content, turn), provenance };
  }

  /** What tables say, with what documents say of it: behind it, or before it where the tables have found nothing. */
  async beside(turn: Turn, saidByTables: string): Promise<SaidByBoth> {
    const last = turn.results.at(-1);
    const isNothing = last === undefined || foundNothing(last);
    const documents = await this.quoted(turn, isNothing ? 'half' : 'most');
    if (documents.length === 0) return { content: saidByTables };
    const parts = isNothing
      ? [saying(documents), `This is what the tables say:\n\n${saidByTables}`]
      : [saidByTables, saying(documents)];
    return { content: parts.join('\n\n'), documents };
  }

  private async quoted(turn: Turn, least: LeastFit): Promise<readonly DocumentSource[]> {
    const { caller, chatbot, signal, question } = turn;
    if (!chatbot.tools.includes(documentTool) || !caller.permissions.has('documents:read')) return [];
    if ((await this.documents.sources(caller)).length === 0) return [];
    const hits = await turn.step('search_documents', async () => {
      const found = await this.documents.find(caller, { q: question, k: mostLookedAt }, signal);
      return fitting(found.hits, found.words, least).slice(0, mostQuoted);
    });
    return hits.map((hit) => numbered(turn, hit)).map((document) => ({ ...document, cited: true }));
  }
}

function saying(documents: readonly DocumentSource[]): string {
  return `This is what documents say:\n\n${sayPassages(documents)}`;
}

/** The same passage keeps its number. */
function numbered({ documents }: Turn, hit: SearchHit): DocumentSource {
  const quote = shortened(hit.quote.text, longestKept);
  const known = documents.find((each) => each.document_id === hit.document_id && each.quote === quote);
  if (known) return known;
  const { document_id, title, source, container, author, time, url } = hit;
  const added: DocumentSource = {
    number: documents.length + 1,
    document_id,
    title,
    source: source.name,
    container,
    author,
    time,
    url,
    quote,
    start: hit.quote.start,
    end: hit.quote.end,
    cited: false,
  };
  documents.push(added);
  return added;
}
