import { describe, expect, it } from '@jest/globals';
import { type AnalysisResult, Lineage } from './lineage';

const quote = { text: 'I never knew.', interview: 1, chunk_id: 'c1', start: 4, end: 17 };
const meaning = (id: string, chunk: string) => ({
  meaning_id: id,
  chunk_id: chunk,
  interview: 1,
  statement: 'Nobody knew',
  theme: 'form',
  phrases: [],
  sentiment: { label: 'neutral' as const, score: 0 },
  salience: 0.5,
  quote,
});
const insight = (id: string, pattern: string, pro: string[], contra: string[]) => ({
  insight_id: id,
  claim: 'People do not know',
  patterns: [pattern],
  evidence_for: pro,
  evidence_against: contra,
  confidence: { level: 'low' as const, score: 0.3, reason: 'One person' },
  gaps: [],
});
const result = {
  meanings: [meaning('m1', 'c1'), meaning('m2', 'c1'), meaning('m3', 'c2')],
  patterns: [{ pattern_id: 'p1', theme: 'form', meanings: ['m2', 'm1'] }],
  insights: [insight('i1', 'p1', ['m2', 'm1'], ['m3']), insight('i2', 'p1', ['m1'], [])],
  principles: [{ principle_id: 'd1', statement: 'Say that it arrived', insights: ['i2', 'i1'] }],
  chunks: [{ chunk_id: 'c2', interview: 2, start: 30, end: 90 }],
} as unknown as AnalysisResult;
const lineage = new Lineage(result);
const ids = (items: readonly object[]) => items.map((item) => Object.values(item)[0] as string);

describe('Lineage', () => {
  it('leads from each level down to meanings, each once', () => {
    expect(lineage.evidenceOf('principles', 'd1')).toEqual(['m1', 'm2', 'm3']);
    expect(lineage.evidenceOf('insights', 'i1')).toEqual(['m2', 'm1', 'm3']);
    expect(lineage.evidenceOf('patterns', 'p1')).toEqual(['m2', 'm1']);
    expect(lineage.evidenceOf('meanings', 'm1')).toEqual(['m1']);
    expect(lineage.evidenceOf('chunks', 'c1')).toEqual(['m1', 'm2']);
    expect(lineage.evidenceOf('principles', 'unknown')).toEqual([]);
  });

  it('leads from a meaning up to the principles that rest on it', () => {
    expect(ids(lineage.patternsWith('m1'))).toEqual(['p1']);
    expect(ids(lineage.insightsWith('m3'))).toEqual(['i1']);
    expect(ids(lineage.insightsFrom('p1'))).toEqual(['i1', 'i2']);
    expect(ids(lineage.principlesFrom(['i1']))).toEqual(['d1']);
  });

  it('knows where quotes and chunks stand', () => {
    expect(lineage.placeOf('m1')).toMatchObject({ interview: 1, start: 4 });
    expect(lineage.placeOf('c2')).toMatchObject({ interview: 2, start: 30 });
    expect(lineage.placeOf('x')).toBeUndefined();
  });
});
