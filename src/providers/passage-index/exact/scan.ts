import { TopScores } from './top-scores.js';
import type { VectorSegment } from './vector-segment.js';

export interface Scan {
  readonly segments: readonly VectorSegment[];
  readonly query: Float32Array;
  /** By the number of the source, whether it is searched. */
  readonly sources: Uint8Array;
  /** Number of the author; undefined for any. */
  readonly author: number | undefined;
  /** Number of the kind of documents; undefined for any. */
  readonly kind: number | undefined;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

export interface ScanHit {
  readonly id: number;
  /** The dot product. */
  readonly score: number;
}

/** Looks at every vector that the filters let through: nothing is approximate. */
export function scan({ segments, query, sources, author, kind, from, to, limit }: Scan): ScanHit[] {
  const top = new TopScores(limit);
  const multiply = productWith(query);
  for (const { count, ids, sources: rowSources, authors, kinds, times, vectors, dimensions } of segments) {
    for (let row = 0; row < count; row += 1) {
      if (ids[row] === 0 || sources[rowSources[row]!] !== 1) continue;
      if (author !== undefined && authors[row] !== author) continue;
      if (kind !== undefined && kinds[row] !== kind) continue;
      if (times[row]! < from || times[row]! >= to) continue;
      const score = multiply(vectors, row * dimensions);
      if (score > top.threshold) top.offer(ids[row]!, score);
    }
  }
  return top.best();
}

/** Vectors of hashed features are mostly zeros, those of models are not. */
function productWith(query: Float32Array): (vectors: Float32Array, begin: number) => number {
  const places = Int32Array.from(query.keys()).filter((place) => query[place] !== 0);
  return places.length * 3 < query.length ? sparseProduct(query, places) : denseProduct(query);
}

function sparseProduct(query: Float32Array, places: Int32Array) {
  const values = Float32Array.from(places, (place) => query[place]!);
  return (vectors: Float32Array, begin: number): number => {
    let sum = 0;
    for (let index = 0; index < places.length; index += 1) sum += values[index]! * vectors[begin + places[index]!]!;
    return sum;
  };
}

/** Four sums at once, since each addition would else wait for the one before. */
function denseProduct(query: Float32Array) {
  const length = query.length - (query.length % 4);
  return (vectors: Float32Array, begin: number): number => {
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let index = 0, at = begin; index < length; index += 4, at += 4) {
      first += query[index]! * vectors[at]!;
      second += query[index + 1]! * vectors[at + 1]!;
      third += query[index + 2]! * vectors[at + 2]!;
      fourth += query[index + 3]! * vectors[at + 3]!;
    }
    for (let index = length; index < query.length; index += 1) first += query[index]! * vectors[begin + index]!;
    return first + second + (third + fourth);
  };
}
