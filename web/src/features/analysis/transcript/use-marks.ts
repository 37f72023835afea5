'use client';

import { useMemo } from 'react';
import type { Lineage } from '../result/lineage';
import { levels } from '../result/lineage';
import { useReading } from '../result/reading';
import type { View } from '../result/use-view';
import type { Mark } from './segments';

/** What is marked in an interview: every quote, those of what is open more than others, and the place that is looked at most. */
export function useMarks(interview: number): readonly Mark[] {
  const { result, lineage, view } = useReading();
  return useMemo(() => {
    const open = new Set(evidenceShown(lineage, view));
    const marks = result.meanings
      .filter(({ quote }) => quote.interview === interview)
      .map(({ meaning_id: id, quote: { start, end } }) => ({
        id,
        start,
        end,
        rank: id === view.at ? 2 : open.has(id) ? 1 : 0,
      }));
    const chunk = lineage.chunks.get(view.at);
    if (chunk?.interview !== interview) return marks;
    return [...marks, { id: chunk.chunk_id, start: chunk.start, end: chunk.end, rank: -1 }];
  }, [result, lineage, view, interview]);
}

/** The meanings below what is open. */
export function evidenceShown(lineage: Lineage, { show, item }: View): readonly string[] {
  if (item === '') return [];
  const level =
    levels.find((each) => each === show) ?? levels.find((each) => lineage.evidenceOf(each, item).length > 0);
  return level ? lineage.evidenceOf(level, item) : [];
}
