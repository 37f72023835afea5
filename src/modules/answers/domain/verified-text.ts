import { inertMarkdown } from './inert-text.js';
import { numeralsOf } from './numerals.js';
import type { DocumentSource } from './document-sources.js';
import { type CellSource, documentMarkPattern, fillIn, referencePattern } from './references.js';
import type { ResultTable } from './result-table.js';

export interface Verification {
  /** What references may refer to. */
  readonly results: () => readonly ResultTable[];
  readonly documents: () => readonly DocumentSource[];
  /** Numerals that whoever asked has used. */
  readonly known: ReadonlySet<string>;
  /** Names of tables and columns, in lower case: what looks like a number in them is none. */
  readonly names: ReadonlySet<string>;
}

const hasNumeral = /[\p{Nd}\p{Nl}\p{No}]/u;
const extendsNumber = /\}\}['’]*\{\{|(?<!\p{Letter})[.,]\{\{|(?<!\p{Letter}|\}\})[-−]\{\{/u;

/**
 * The text of a language model on its way to its reader, word by word: references are filled in, links and images lose
 * their life, and from the first number on that comes from nowhere nothing is let through.
 */
export class VerifiedText {
  /** What was let through. */
  text = '';
  readonly sources: CellSource[] = [];
  /** Numbers of the documents that it refers to. */
  readonly cited = new Set<number>();
  /** Numbers that come from nowhere, and references that name nothing. */
  readonly faults: string[] = [];
  private waiting = '';
  /** The last number of a numbered list. */
  private listed = 0;

  constructor(private readonly verification: Verification) {}

  /** What may be shown of it now; words wait for their end. */
  push(delta: string): string {
    this.waiting += delta;
    const open = this.waiting.lastIndexOf('{{');
    const closed = open < 0 || this.waiting.includes('}}', open) || this.waiting.length - open > 200;
    const end = (closed ? this.waiting : this.waiting.slice(0, open)).search(/\s\S*$/);
    return end < 0 ? '' : this.take(end + 1);
  }

  /** The rest of it. */
  end(): string {
    return this.take(this.waiting.length);
  }

  private take(length: number): string {
    const part = this.waiting.slice(0, length);
    this.waiting = this.waiting.slice(length);
    let shown = '';
    for (const piece of part.match(/(?:\{\{[^{}]{0,200}\}\}|\S)+|\s+/g) ?? []) {
      const verified = this.verify(piece);
      if (this.faults.length > 0) break;
      shown += verified;
      this.text += verified;
    }
    return shown;
  }

  private verify(piece: string): string {
    if (/^\s/.test(piece)) return piece;
    const said = piece.replaceAll(referencePattern, ' ');
    if (!this.isListNumber(piece) && !this.isName(piece)) {
      this.faults.push(...numeralsOf(said).filter((each) => !this.verification.known.has(each)));
      // What stands next to a filled-in cell must not make another number of it.
      if (said !== piece && (hasNumeral.test(said) || extendsNumber.test(piece.replaceAll(documentMarkPattern, ''))))
        this.faults.push(piece);
    }
    const parts = piece.split(/(\{\{[^{}]{0,200}\}\})/);
    const filled = parts.map((part) => (part.startsWith('{{') ? this.fill(part) : inertMarkdown(part))).join('');
    // The mark of a document must not become a link by what the model writes behind it.
    return filled.replaceAll(/\](?=[(:])/g, ']\u00a0');
  }

  private fill(reference: string): string {
    const { results, documents } = this.verification;
    const { text, sources, cited, unknown } = fillIn(reference, results(), documents());
    if (text === reference) this.faults.push(reference);
    this.faults.push(...unknown);
    this.sources.push(...sources);
    for (const number of cited) this.cited.add(number);
    return text;
  }

  private isListNumber(piece: string): boolean {
    const number = /^(\d{1,2})[.)]$/.exec(piece)?.[1];
    if (number === undefined || !/(?:^|\n)[ \t]*$/.test(this.text)) return false;
    if (Number(number) !== 1 && Number(number) !== this.listed + 1) return false;
    this.listed = Number(number);
    return true;
  }

  private isName(piece: string): boolean {
    const bare = piece.replace(/^[^\p{Letter}\p{Number}_]+|[^\p{Letter}\p{Number}_]+$/gu, '').toLowerCase();
    return /\p{Letter}/u.test(bare) && bare.split('.').every((part) => this.verification.names.has(part));
  }
}
