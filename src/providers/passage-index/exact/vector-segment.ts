/** Vectors of one workspace and space side by side, with what searches filter by; in memory that threads share. */
export interface VectorSegment {
  readonly dimensions: number;
  /** Rows that are filled; the others are zeros. */
  readonly count: number;
  /** 0: the row is gone. */
  readonly ids: Float64Array;
  /** Numbers that the owner of the segment has given to sources, authors and kinds. */
  readonly sources: Uint32Array;
  readonly authors: Uint32Array;
  readonly kinds: Uint8Array;
  /** Milliseconds since 1970. */
  readonly times: Float64Array;
  readonly vectors: Float32Array;
}

export function createSegment(dimensions: number, rows: number): VectorSegment {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes * rows);
  return {
    dimensions,
    count: 0,
    ids: new Float64Array(shared(8)),
    sources: new Uint32Array(shared(4)),
    authors: new Uint32Array(shared(4)),
    kinds: new Uint8Array(shared(1)),
    times: new Float64Array(shared(8)),
    vectors: new Float32Array(shared(4 * dimensions)),
  };
}

export function bytesOf({ dimensions, ids }: VectorSegment): number {
  return ids.length * (25 + 4 * dimensions);
}
