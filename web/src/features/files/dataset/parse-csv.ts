/**
 * Reads comma-separated rows from pieces of text, as the service writes them: fields with commas, quotes or line breaks
 * are quoted, quotes in them are doubled. A row is given once its line has ended.
 */
export class CsvRows {
  private row: string[] = [];
  private field = '';
  private quoted = false;
  /** A quote inside a quoted field is the end of it unless another follows, maybe in the next piece. */
  private afterQuote = false;

  push(text: string): string[][] {
    const rows: string[][] = [];
    for (const character of text) {
      if (this.quoted && !this.afterQuote) this.inQuotes(character);
      else if (character === '"' && this.afterQuote) this.append('"');
      else if (character === '"' && this.field === '') this.quoted = true;
      else if (character === ',') this.endField();
      else if (character === '\n') rows.push(this.endRow());
      else if (character !== '\r') this.field += character;
    }
    return rows;
  }

  private inQuotes(character: string): void {
    if (character === '"') this.afterQuote = true;
    else this.field += character;
  }

  private append(character: string): void {
    this.field += character;
    this.afterQuote = false;
  }

  private endField(): void {
    this.row.push(this.field);
    this.field = '';
    this.quoted = false;
    this.afterQuote = false;
  }

  private endRow(): string[] {
    this.endField();
    const { row } = this;
    this.row = [];
    return row;
  }
}
