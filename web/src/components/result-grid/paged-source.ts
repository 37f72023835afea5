import { type ApiProblem, asProblem } from '../../lib/api/problem';
import type { ResultColumn, ResultRow } from './cells';
import type { ResultSource } from './result-source';

/** Rows that are fetched, kept and forgotten together. */
const blockRows = 1000;
/** The most that the service sends at once. */
const mostBlocksAtOnce = 10;
/** Blocks that are kept; beyond, those farthest from what is looked at are forgotten. */
const mostBlocksKept = 250;

/** Resolves to rows from `start` on, at most `limit`, at least one. */
export type FetchRows = (start: number, limit: number) => Promise<readonly ResultRow[]>;

/**
 * A stored result whose rows come when they are looked at. One request is under way at a time, always for what is looked
 * at now: whoever drags the scroll bar through a million rows fetches those where it stops.
 */
export class PagedSource implements ResultSource {
  problem: ApiProblem | undefined;
  version = 0;
  private readonly blocks = new Map<number, readonly ResultRow[]>();
  private readonly listeners = new Set<() => void>();
  private wanted = { start: 0, end: 0 };
  private fetching = false;

  constructor(
    readonly columns: readonly ResultColumn[],
    readonly rowCount: number,
    private readonly fetchRows: FetchRows,
    firstRows: readonly ResultRow[] = [],
  ) {
    this.keep(0, firstRows);
  }

  row(index: number): ResultRow | undefined {
    return this.blocks.get(Math.floor(index / blockRows))?.[index % blockRows];
  }

  want(start: number, end: number): void {
    this.wanted = { start: Math.max(0, start), end: Math.min(end, this.rowCount) };
    if (!this.fetching && this.problem === undefined) void this.fetchWanted();
  }

  async read(start: number, end: number): Promise<ResultRow[]> {
    const rows: ResultRow[] = [];
    for (let index = start; index < end; index = start + rows.length) {
      const block = Math.floor(index / blockRows);
      const here = this.blocks.get(block) ?? (await this.fetchBlocks(block, blockOf(end - 1)));
      rows.push(...here.slice(index % blockRows, (index % blockRows) + end - index));
    }
    return rows;
  }

  retry(): void {
    this.problem = undefined;
    this.changed();
    void this.fetchWanted();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async fetchWanted(): Promise<void> {
    this.fetching = true;
    try {
      for (let block = this.firstMissing(); block !== undefined; block = this.firstMissing()) {
        await this.fetchBlocks(block, blockOf(this.wanted.end - 1));
        this.forgetFarAway();
        this.changed();
      }
    } catch (error) {
      this.problem = asProblem(error);
      this.changed();
    } finally {
      this.fetching = false;
    }
  }

  private firstMissing(): number | undefined {
    for (let block = blockOf(this.wanted.start); block * blockRows < this.wanted.end; block += 1) {
      if (!this.blocks.has(block)) return block;
    }
    return undefined;
  }

  /** Fetches from the first block to the last, or as many as come at once; returns the rows of the first. */
  private async fetchBlocks(first: number, last: number): Promise<readonly ResultRow[]> {
    const start = first * blockRows;
    const count = Math.min(last - first + 1, mostBlocksAtOnce) * blockRows;
    const end = Math.min(start + count, this.rowCount);
    const rows: ResultRow[] = [];
    // A page of wide rows may be shorter than what was asked for.
    while (start + rows.length < end) {
      const page = await this.fetchRows(start + rows.length, end - start - rows.length);
      if (page.length === 0) throw new Error('The result has fewer rows than the query said. Run it again.');
      rows.push(...page);
    }
    this.keep(first, rows);
    return rows.slice(0, blockRows);
  }

  /** Keeps whole blocks; what is left over of a page comes again with its block. */
  private keep(first: number, rows: readonly ResultRow[]): void {
    for (let start = 0; start < rows.length; start += blockRows) {
      const block = first + start / blockRows;
      const whole = Math.min(blockRows, this.rowCount - block * blockRows);
      const part = rows.slice(start, start + whole);
      if (part.length === whole) this.blocks.set(block, part);
    }
  }

  private forgetFarAway(): void {
    if (this.blocks.size <= mostBlocksKept) return;
    const middle = blockOf((this.wanted.start + this.wanted.end) / 2);
    const farthestFirst = [...this.blocks.keys()].toSorted((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const block of farthestFirst.slice(0, this.blocks.size - mostBlocksKept)) this.blocks.delete(block);
  }

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

function blockOf(row: number): number {
  return Math.floor(row / blockRows);
}
