import { bytesOf, createSegment, type VectorSegment } from './vector-segment.js';

const segmentRows = 2048;

export interface ArenaRow {
  readonly passage_id: number;
  readonly source_id: string;
  readonly author_key: string;
  readonly written_at: string;
  readonly kind: string;
  readonly vector: Uint8Array;
}

/** The vectors of one workspace and space, as they were at a change of the workspace. */
export class VectorArena {
  readonly segments: VectorSegment[] = [];
  private readonly sourceNumbers = new Map<string, number>();
  private readonly authorNumbers = new Map<string, number>();
  private readonly kindNumbers = new Map<string, number>();
  /** The latest change and passage that were read. */
  change = 0;
  passage = 0;
  removals = 0;
  dead = 0;
  rows = 0;

  /** A row of another length than the others is of a model that has changed under its name, and compares with nothing. */
  add({ passage_id, source_id, author_key, written_at, kind, vector }: ArenaRow): void {
    const values = floatsOf(vector);
    const dimensions = this.segments[0]?.dimensions ?? values.length;
    if (values.length !== dimensions) return;
    const last = this.segments.at(-1);
    const segment = last && last.count < segmentRows ? last : createSegment(dimensions, segmentRows);
    const row = segment.count;
    segment.ids[row] = passage_id;
    segment.sources[row] = numberOf(this.sourceNumbers, source_id);
    segment.authors[row] = numberOf(this.authorNumbers, author_key);
    segment.kinds[row] = numberOf(this.kindNumbers, kind);
    segment.times[row] = Date.parse(written_at);
    segment.vectors.set(values, row * dimensions);
    const filled = { ...segment, count: row + 1 };
    if (segment === last) this.segments[this.segments.length - 1] = filled;
    else this.segments.push(filled);
    this.rows += 1;
  }

  /** Forgets the rows whose passage is not among those that there are. */
  keepOnly(passages: ReadonlySet<number>): void {
    for (const { ids, count } of this.segments) {
      for (let row = 0; row < count; row += 1) {
        if (ids[row] === 0 || passages.has(ids[row]!)) continue;
        ids[row] = 0;
        this.dead += 1;
      }
    }
  }

  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + bytesOf(segment), 0);
  }

  get dimensions(): number | undefined {
    return this.segments[0]?.dimensions;
  }

  sourceMask(sourceIds: readonly string[]): Uint8Array {
    const mask = new Uint8Array(this.sourceNumbers.size);
    for (const sourceId of sourceIds) {
      const number = this.sourceNumbers.get(sourceId);
      if (number !== undefined) mask[number] = 1;
    }
    return mask;
  }

  /** Undefined where nothing is by this author. */
  authorNumber(authorKey: string): number | undefined {
    return this.authorNumbers.get(authorKey);
  }

  /** Undefined where nothing is of this kind. */
  kindNumber(kind: string): number | undefined {
    return this.kindNumbers.get(kind);
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

/** Copies, for bytes from a database stand where they like. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

export function bytesOfVector(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer.slice(vector.byteOffset, vector.byteOffset + vector.byteLength));
}
