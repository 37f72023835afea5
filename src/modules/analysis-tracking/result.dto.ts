import type {
  ConfidenceLevel,
  Method,
  PriorityLevel,
  SentimentLabel,
  SpeakerRole,
  TranscriptFormat,
} from '../../interviews/analysis.js';
import { AnalysisUsage } from './analysis.dto.js';

export class SpeakerView {
  /** @example "P3" */
  speaker!: string;

  /** Questions of interviewers give context and are not quoted. */
  role!: SpeakerRole;

  turns!: number;
  words!: number;
}

export class InterviewView {
  /** 1, 2, 3 … */
  interview!: number;

  /** @example "interview-3.vtt" */
  name!: string;

  format!: TranscriptFormat;
  characters!: number;
  words!: number;
  speakers!: SpeakerView[];
}

/** A part of an interview that was read at once. Offsets count UTF-16 code units of the interview’s kept text. */
export class ChunkView {
  /** @example "c7" */
  chunk_id!: string;

  interview!: number;
  start!: number;
  end!: number;

  /** Milliseconds since the recording’s beginning, where the file tells. */
  from_ms?: number;
  to_ms?: number;
  text!: string;

  /** An estimate. */
  tokens!: number;

  speakers!: string[];

  /** Characters at its beginning that the chunk before has, too. */
  overlap!: number;
}

/** Words that stand in the interview exactly so, from `start` to `end` of its kept text. */
export class QuoteView {
  /** @example "I never know whether it was sent." */
  text!: string;

  /** @example "P3" */
  speaker?: string;

  interview!: number;
  chunk_id!: string;
  start!: number;
  end!: number;
  from_ms?: number;
  to_ms?: number;
}

export class SentimentView {
  label!: SentimentLabel;

  /** -1 to 1. */
  score!: number;
}

/** What a chunk says. */
export class MeaningView {
  /** @example "m12" */
  meaning_id!: string;

  chunk_id!: string;
  interview!: number;
  statement!: string;
  theme!: string;
  phrases!: string[];
  sentiment!: SentimentView;

  /** 0 to 1: how much the interview turns on it. */
  salience!: number;

  quote!: QuoteView;
}

export class SupportView {
  meanings!: number;
  chunks!: number;
  speakers!: number;
  interviews!: number;
}

export class SentimentCounts {
  positive!: number;
  negative!: number;
  neutral!: number;
}

/** Opposed feelings or claims about one theme. */
export class TensionView {
  description!: string;

  /** Ids of meanings on the one side. */
  between!: string[];

  /** And on the other. */
  and!: string[];
}

/** What several meanings have in common. */
export class PatternView {
  /** @example "p2" */
  pattern_id!: string;

  theme!: string;
  summary!: string;

  /** Ids, the most telling one first. */
  meanings!: string[];

  support!: SupportView;
  sentiment!: SentimentCounts;
  tension!: TensionView | null;
}

export class ConfidenceView {
  level!: ConfidenceLevel;

  /** 0 to 1. */
  score!: number;

  reason!: string;
}

export class InsightView {
  /** @example "i1" */
  insight_id!: string;

  claim!: string;

  /** Ids of patterns. */
  patterns!: string[];

  /** Ids of meanings. */
  evidence_for!: string[];
  evidence_against!: string[];

  confidence!: ConfidenceView;

  /** What is not known yet. */
  gaps!: string[];
}

export class PriorityView {
  /** 1 is the first. */
  rank!: number;

  level!: PriorityLevel;
  reason!: string;
}

/** A principle to design by, and the insights behind it. */
export class PrincipleView {
  /** @example "d1" */
  principle_id!: string;

  statement!: string;
  rationale!: string;

  /** Ids of insights. */
  insights!: string[];

  /** @example "How might we show that something was sent?" */
  how_might_we!: string;

  priority!: PriorityView;
}

/** Everything that was found: principles lead to insights, these to patterns and meanings, and those to quotes. */
export class AnalysisResultView {
  /** @example "ana_01j8x0q0000000000000000000" */
  request_id!: string;

  title!: string;
  method!: Method;

  /** The language model that read; absent where none did. */
  model?: string;

  created_at!: string;

  /** What to know before relying on it, such as how it was made and what was left out. */
  notes!: string[];

  usage!: AnalysisUsage;

  /** Quotes that a language model gave and that do not stand in the interview; they were dropped. */
  dropped_quotes!: number;

  interviews!: InterviewView[];
  chunks!: ChunkView[];
  meanings!: MeaningView[];
  patterns!: PatternView[];
  insights!: InsightView[];
  principles!: PrincipleView[];
}

export class TurnView {
  /** @example "P3" */
  speaker?: string;

  start!: number;
  end!: number;
  from_ms?: number;
  to_ms?: number;
}

/** The kept text of an interview, in which all offsets count. Show it as text, never as markup. */
export class TranscriptView {
  interview!: number;
  name!: string;
  format!: TranscriptFormat;
  text!: string;
  turns!: TurnView[];
}

export class ComparedItem {
  /** Of the first analysis; null where it has none that is alike. */
  first!: string | null;

  /** Of the second one; null likewise. */
  second!: string | null;

  /** The theme or statement of the one that there is, of both the first’s. */
  text!: string;

  /** 0 to 1: how alike their words are. */
  likeness!: number;
}

export class ComparedSide {
  request_id!: string;
  title!: string;
  method!: Method;
  interviews!: number;
  meanings!: number;
  patterns!: number;
  insights!: number;
  principles!: number;
}

/** What two analyses have in common, by the words of their themes and principles. */
export class AnalysisComparison {
  first!: ComparedSide;
  second!: ComparedSide;
  patterns!: ComparedItem[];
  principles!: ComparedItem[];
}
