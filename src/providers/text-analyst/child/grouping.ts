import { agnes } from 'ml-hclust';
import type { Grouper } from '../../../interviews/extractive/sentence.js';

/** Distances at which the tree may be cut. */
const heights = [0.6, 0.65, 0.7, 0.75, 0.8, 0.84, 0.88];

/**
 * Hierarchical clustering by average linkage, cut where the most groups have company: lower, most are alone; higher, they
 * run together.
 */
export const group: Grouper = (distances) => {
  if (distances.length < 2) return distances.map((_, index) => [index]);
  const matrix = distances.map((row) => [...row]);
  const tree = agnes(matrix, { method: 'average', isDistanceMatrix: true });
  const cuts = heights.map((height) => tree.cut(height).map((cluster) => cluster.indices()));
  const worth = (groups: number[][]) =>
    groups.filter(({ length }) => length >= 2 && length <= matrix.length / 3 + 2).length;
  return cuts.reduce((best, each) => (worth(each) >= worth(best) ? each : best));
};
