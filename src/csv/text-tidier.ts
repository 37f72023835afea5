export interface TextPosition {
  /** Physical line, from 1. */
  readonly line: number;
  /** Character in that line, from 1. */
  readonly column: number;
}

export interface NewlineCounts {
  lf: number;
  crlf: number;
  cr: number;
}

/** A quote inside a quoted field that neither ends the field nor is doubled. Often the field's own closing quote is missing. */
export interface StrayQuote {
  readonly at: TextPosition;
  readonly opened: TextPosition;
}

const MAX_HELD_CHARACTERS = 1_000_000;
const MAX_STRAY_QUOTES = 100;
const NEWLINE = /\r\n?|\n/g;

/**
 * Makes text safe to split, piece by piece: outside quotes every newline becomes `\n` and blanks before an opening
 * quote go; NUL characters go everywhere. Text inside quotes stays as it is. Counts what it met on the way.
 */
export class TextTidier {
  /** Newlines outside quotes. */
  readonly newlines: NewlineCounts = { lf: 0, crlf: 0, cr: 0 };
  readonly strayQuotes: StrayQuote[] = [];
  nulCharacters = 0;
  /** The line of the first NUL character. */
  nulLine: number | undefined;
  /** True once a newline inside quotes was met: only then can a row span several lines. */
  sawQuotedNewline = false;
  /** Where the quoted field begins that is still open. */
  openQuote: TextPosition | undefined;

  private text = '';
  private held = '';
  private previous = '\n';
  private pieces: string[] = [];
  private copiedTo = 0;
  private lineStart = 0;
  private newlineAt = -1;
  private newlineEnd = -1;

  constructor(
    private readonly delimiter: string,
    private readonly quote: string,
    private line = 1,
  ) {}

  push(text: string): string {
    return this.tidy(text, false);
  }

  end(): string {
    return this.tidy('', true);
  }

  /** The text without NUL characters, which are counted. `line` is where it begins. */
  withoutNuls(text: string, line = this.line): string {
    const first = text.indexOf('\0');
    if (first < 0) return text;
    this.nulLine ??= line + text.slice(0, first).split(NEWLINE).length - 1;
    const clean = text.replaceAll('\0', '');
    this.nulCharacters += text.length - clean.length;
    return clean;
  }

  private tidy(piece: string, final: boolean): string {
    this.text = this.held + this.withoutNuls(piece);
    const end = final || this.text.length > MAX_HELD_CHARACTERS ? this.text.length : this.decidedLength();
    this.pieces = [];
    this.copiedTo = 0;
    this.newlineAt = -1;
    for (let index = 0; index < end;) {
      index = this.openQuote ? this.passQuoted(index, end) : this.passUnquoted(index, end);
    }
    this.copyUpTo(end);
    this.held = this.text.slice(end);
    this.lineStart -= end;
    if (end > 0) this.previous = this.text.charAt(end - 1);
    return this.pieces.join('');
  }

  /** What a quote, a blank or a carriage return means depends on what follows: those at the end wait for the next piece. */
  private decidedLength(): number {
    let end = this.text.length;
    while (end > 0 && (this.text[end - 1] === this.quote || isBlank(this.text.charAt(end - 1)))) end--;
    return end;
  }

  private passUnquoted(from: number, end: number): number {
    const found = this.quote === '' ? -1 : this.text.indexOf(this.quote, from);
    const quoteAt = found < 0 || found > end ? end : found;
    this.passNewlines(from, quoteAt, true);
    if (quoteAt === end) return end;
    let before = quoteAt;
    while (before > from && this.isPadding(this.text.charAt(before - 1))) before--;
    if (this.startsField(before > 0 ? this.text.charAt(before - 1) : this.previous)) {
      this.copyUpTo(before);
      this.copiedTo = quoteAt;
      this.openQuote = this.positionOf(quoteAt);
    }
    return quoteAt + 1;
  }

  private passQuoted(from: number, end: number): number {
    const found = this.text.indexOf(this.quote, from);
    const quoteAt = found < 0 || found > end ? end : found;
    this.passNewlines(from, quoteAt, false);
    if (quoteAt === end) return end;
    if (this.text[quoteAt + 1] === this.quote) return quoteAt + 2;
    if (this.endsField(quoteAt + 1)) this.openQuote = undefined;
    else if (this.openQuote && this.strayQuotes.length < MAX_STRAY_QUOTES) {
      this.strayQuotes.push({ at: this.positionOf(quoteAt), opened: this.openQuote });
    }
    return quoteAt + 1;
  }

  private startsField(before: string): boolean {
    return before === this.delimiter || before === '\n' || before === '\r';
  }

  private endsField(index: number): boolean {
    let next = index;
    while (this.isPadding(this.text.charAt(next))) next++;
    return next >= this.text.length || this.startsField(this.text.charAt(next));
  }

  private isPadding(character: string): boolean {
    return character !== '\r' && character !== this.delimiter && isBlank(character);
  }

  private passNewlines(from: number, to: number, outside: boolean): void {
    if (this.newlineAt < from) this.findNewline(from);
    while (this.newlineAt < to) {
      if (outside) this.countAndUnify();
      else this.sawQuotedNewline = true;
      this.line++;
      this.lineStart = this.newlineEnd;
      this.findNewline(this.newlineEnd);
    }
  }

  private findNewline(from: number): void {
    NEWLINE.lastIndex = from;
    const found = NEWLINE.exec(this.text);
    this.newlineAt = found ? found.index : Infinity;
    this.newlineEnd = NEWLINE.lastIndex;
  }

  private countAndUnify(): void {
    if (this.text[this.newlineAt] === '\n') {
      this.newlines.lf++;
      return;
    }
    if (this.newlineEnd - this.newlineAt === 2) this.newlines.crlf++;
    else this.newlines.cr++;
    this.copyUpTo(this.newlineAt);
    this.pieces.push('\n');
    this.copiedTo = this.newlineEnd;
  }

  private copyUpTo(end: number): void {
    if (end > this.copiedTo) this.pieces.push(this.text.slice(this.copiedTo, end));
    this.copiedTo = Math.max(this.copiedTo, end);
  }

  private positionOf(index: number): TextPosition {
    return { line: this.line, column: index - this.lineStart + 1 };
  }
}

/** Blank but no line feed. */
function isBlank(character: string): boolean {
  return character !== '\n' && character !== '' && character.trim() === '';
}
