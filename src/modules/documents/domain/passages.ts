import { searchTerms } from '../../../platform/text/search-terms.js';
import { wellFormed } from '../../../platform/text/well-formed.js';
import type { DocumentPart } from '../../../providers/connectors/source-document.js';
import type { Passage } from '../../../providers/passage-index/passage-index.js';
import { type DocumentRow, partsOf } from '../documents.repository.js';
import { chunksOf } from './chunks.js';
import { authorKeyOf, writtenAt } from './document-row.js';

/** A passage without its vector, and the text that has it. */
export interface PlainPassage {
  readonly passage: Passage;
  readonly textToEmbed: string;
}

const longestContext = 300;

/** What a document is found by: each chunk with its author and time, below the title and the headings that it stands under. */
export function passagesOf(document: DocumentRow): PlainPassage[] {
  const { text, title } = document;
  const parts = partsOf(document);
  return chunksOf(text, parts).map(({ start, end, headings }) => {
    const part = partAt(parts, start);
    const context = [...new Set([title ?? '', ...headings])].filter((each) => each !== '').join(' › ');
    const kept = wellFormed(context.slice(0, longestContext));
    const content = text.slice(start, end);
    return {
      passage: {
        start,
        end,
        authorKey: authorKeyOf(part ? part.author : document.author),
        writtenAt: part?.createdAt ?? writtenAt(document),
        terms: termsOf(content),
        contextTerms: termsOf(kept),
      },
      textToEmbed: kept === '' ? content : `${kept}\n${content}`,
    };
  });
}

/** The part in which the place lies; undefined where the document's own author wrote. */
export function partAt(parts: readonly DocumentPart[], place: number): DocumentPart | undefined {
  return parts.find(({ start, end }) => place >= start && place < end);
}

function termsOf(text: string): string[] {
  return [...searchTerms(text)].map(({ term }) => term);
}
