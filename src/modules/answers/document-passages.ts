import { Injectable } from '@nestjs/common';
import type { DocumentFilters } from '../search/document.dto.js';
import { DocumentSearch } from '../search/document-search.js';
import type { SearchHit } from '../search/search.dto.js';
import { provenanceOf, withAssumptions } from './answer-parts.js';
import { type DocumentSource, sayPassages } from './domain/document-sources.js';
import { shortened } from './domain/inert-text.js';
import type { Turn, TurnResult } from './turn.js';

export const documentTool = 'search_documents';

const mostFound = 8;
const mostQuoted = 3;
const longestKept = 400;
/** How much of what was asked a passage must have, so that it is no chance. */
const leastShare = 0.6;

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
   * An answer in the words of documents, where they have what was asked for; undefined where they do not, or the chatbot
   * or its user may not look there.
   */
  async answer(turn: Turn, question: string): Promise<TurnResult | undefined> {
    const { caller, chatbot, signal } = turn;
    if (!chatbot.tools.includes(documentTool) || !caller.permissions.has('documents:read')) return undefined;
    const hits = await turn.step('search_documents', async () => {
      const found = await this.documents.find(caller, { q: question, k: mostQuoted }, signal);
      return found.hits.filter(({ why }) => isAbout(why.words.length, found.words.length));
    });
    if (hits.length === 0) return undefined;
    const quoted = hits.map((hit) => numbered(turn, hit)).map((document) => ({ ...document, cited: true }));
    const content = `I know no table that answers this. This is what documents say:\n\n${sayPassages(quoted)}`;
    const provenance = { ...provenanceOf(turn), documents: quoted, model: { provider: 'builtin' }, cells: [] };
    return { kind: 'answer', answer: { content: withAssumptions(content, turn), provenance } };
  }
}

function isAbout(words: number, asked: number): boolean {
  return words > 0 && words >= Math.min(2, asked) && words / asked >= leastShare;
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
    cited: false,
  };
  documents.push(added);
  return added;
}
