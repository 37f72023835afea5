import type { Schemas } from '@/lib/api/client';

export type AnalysisResult = Schemas['AnalysisResultView'];
export type Principle = Schemas['PrincipleView'];
export type Insight = Schemas['InsightView'];
export type Pattern = Schemas['PatternView'];
export type Meaning = Schemas['MeaningView'];
export type Chunk = Schemas['ChunkView'];

export type Level = 'principles' | 'insights' | 'patterns' | 'meanings' | 'chunks';

/** From what was concluded down to what was said. */
export const levels: readonly Level[] = ['principles', 'insights', 'patterns', 'meanings', 'chunks'];

/** The way through a result: from a principle down to quotes, and from a quote up to what rests on it. */
export class Lineage {
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly patterns: ReadonlyMap<string, Pattern>;
  readonly insights: ReadonlyMap<string, Insight>;
  readonly chunks: ReadonlyMap<string, Chunk>;
  private readonly principles: ReadonlyMap<string, Principle>;

  constructor(readonly result: AnalysisResult) {
    this.meanings = new Map(result.meanings.map((each) => [each.meaning_id, each]));
    this.patterns = new Map(result.patterns.map((each) => [each.pattern_id, each]));
    this.insights = new Map(result.insights.map((each) => [each.insight_id, each]));
    this.chunks = new Map(result.chunks.map((each) => [each.chunk_id, each]));
    this.principles = new Map(result.principles.map((each) => [each.principle_id, each]));
  }

  /** Meanings whose quotes something of a level rests on, each once, in the order of its evidence. */
  evidenceOf(level: Level, id: string): readonly string[] {
    switch (level) {
      case 'principles':
        return unique(
          (this.principles.get(id)?.insights ?? []).flatMap((insight) => this.evidenceOf('insights', insight)),
        );
      case 'insights': {
        const { evidence_for: pro = [], evidence_against: contra = [] } = this.insights.get(id) ?? {};
        return unique([...pro, ...contra]);
      }
      case 'patterns':
        return this.patterns.get(id)?.meanings ?? [];
      case 'meanings':
        return this.meanings.has(id) ? [id] : [];
      case 'chunks':
        return this.result.meanings.filter(({ chunk_id: chunk }) => chunk === id).map(({ meaning_id }) => meaning_id);
    }
  }

  patternsWith(meaningId: string): readonly Pattern[] {
    return this.result.patterns.filter(({ meanings }) => meanings.includes(meaningId));
  }

  insightsFrom(patternId: string): readonly Insight[] {
    return this.result.insights.filter(({ patterns }) => patterns.includes(patternId));
  }

  insightsWith(meaningId: string): readonly Insight[] {
    return this.result.insights.filter(
      ({ evidence_for: pro, evidence_against: contra }) => pro.includes(meaningId) || contra.includes(meaningId),
    );
  }

  principlesFrom(insightIds: readonly string[]): readonly Principle[] {
    return this.result.principles.filter(({ insights }) => insights.some((id) => insightIds.includes(id)));
  }

  /** Where a meaning's quote or a chunk stands. */
  placeOf(id: string): { readonly interview: number; readonly start: number; readonly end: number } | undefined {
    return this.meanings.get(id)?.quote ?? this.chunks.get(id);
  }
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
