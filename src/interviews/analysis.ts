/** The five steps from an interview to design principles, in their order. */
export const steps = ['chunking', 'inferring', 'relating', 'explaining', 'activating'] as const;
export type Step = (typeof steps)[number];

/** `model`: a language model reads. `extractive`: sentences are chosen, counted and grouped; nothing is made up. */
export const methods = ['extractive', 'model'] as const;
export type Method = (typeof methods)[number];

/** A part of an interview's kept text. Offsets count UTF-16 code units, as `String.slice` does; `end` is after the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Milliseconds since the recording's beginning, where the file tells them. */
export interface Times {
  readonly from_ms?: number;
  readonly to_ms?: number;
}

/** What one person said until somebody else did. */
export interface Turn extends Span, Times {
  /** As the file names them; absent where it does not. */
  readonly speaker?: string;
}

export const transcriptFormats = ['txt', 'md', 'vtt', 'srt', 'docx'] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

/** An interview as text, and who said what. */
export interface Transcript {
  readonly format: TranscriptFormat;
  /** What offsets count in: without marks of a format, with `\n` at the ends of lines. */
  readonly text: string;
  /** In their order, without overlaps. */
  readonly turns: readonly Turn[];
}

/** Whose answers an analysis is about. Questions of interviewers give context and are quoted by nobody. */
export const speakerRoles = ['interviewer', 'interviewee'] as const;
export type SpeakerRole = (typeof speakerRoles)[number];

export interface Speaker {
  readonly speaker: string;
  readonly role: SpeakerRole;
  readonly turns: number;
  readonly words: number;
}

/** One interview of an analysis. */
export interface Interview {
  /** 1, 2, 3 … */
  readonly interview: number;
  readonly name: string;
  readonly format: TranscriptFormat;
  readonly characters: number;
  readonly words: number;
  readonly speakers: readonly Speaker[];
}

/** A part of an interview that is read at once. */
export interface Chunk extends Span, Times {
  /** `c1`, `c2` … */
  readonly chunk_id: string;
  readonly interview: number;
  readonly text: string;
  /** An estimate. */
  readonly tokens: number;
  readonly speakers: readonly string[];
  /** Characters at its beginning that the chunk before has, too; above 0 only within a turn that was cut. */
  readonly overlap: number;
}

/** Words that stand in an interview exactly so. */
export interface Quote extends Span, Times {
  readonly text: string;
  readonly interview: number;
  readonly chunk_id: string;
  readonly speaker?: string;
}

export const sentimentLabels = ['positive', 'negative', 'neutral', 'mixed'] as const;
export type SentimentLabel = (typeof sentimentLabels)[number];

export interface Sentiment {
  readonly label: SentimentLabel;
  /** -1 to 1. */
  readonly score: number;
}

/** What a chunk says. */
export interface Meaning {
  /** `m1`, `m2` … */
  readonly meaning_id: string;
  readonly chunk_id: string;
  readonly interview: number;
  readonly statement: string;
  readonly theme: string;
  readonly phrases: readonly string[];
  readonly sentiment: Sentiment;
  /** 0 to 1: how much the interview turns on it. */
  readonly salience: number;
  readonly quote: Quote;
}

export interface Support {
  readonly meanings: number;
  readonly chunks: number;
  readonly speakers: number;
  readonly interviews: number;
}

/** Opposed feelings, or claims, about the same theme. */
export interface Tension {
  readonly description: string;
  readonly between: readonly string[];
  readonly and: readonly string[];
}

/** What several meanings have in common. */
export interface Pattern {
  /** `p1`, `p2` … */
  readonly pattern_id: string;
  readonly theme: string;
  readonly summary: string;
  /** Ids, the most telling one first. */
  readonly meanings: readonly string[];
  readonly support: Support;
  readonly sentiment: { readonly positive: number; readonly negative: number; readonly neutral: number };
  readonly tension: Tension | null;
}

export const confidenceLevels = ['high', 'medium', 'low'] as const;
export type ConfidenceLevel = (typeof confidenceLevels)[number];

export interface Confidence {
  readonly level: ConfidenceLevel;
  /** 0 to 1. */
  readonly score: number;
  readonly reason: string;
}

export interface Insight {
  /** `i1`, `i2` … */
  readonly insight_id: string;
  readonly claim: string;
  readonly patterns: readonly string[];
  /** Ids of meanings. */
  readonly evidence_for: readonly string[];
  readonly evidence_against: readonly string[];
  readonly confidence: Confidence;
  /** What is not known yet. */
  readonly gaps: readonly string[];
}

export const priorityLevels = ['must', 'should', 'could'] as const;
export type PriorityLevel = (typeof priorityLevels)[number];

export interface Priority {
  /** 1 is the first. */
  readonly rank: number;
  readonly level: PriorityLevel;
  readonly reason: string;
}

export interface Principle {
  /** `d1`, `d2` … */
  readonly principle_id: string;
  readonly statement: string;
  readonly rationale: string;
  readonly insights: readonly string[];
  readonly how_might_we: string;
  readonly priority: Priority;
}

/** What each step leaves behind. */
export interface StepOutputs {
  readonly chunking: { readonly interviews: readonly Interview[]; readonly chunks: readonly Chunk[] };
  readonly inferring: { readonly meanings: readonly Meaning[] };
  readonly relating: { readonly patterns: readonly Pattern[] };
  readonly explaining: { readonly insights: readonly Insight[] };
  readonly activating: { readonly principles: readonly Principle[] };
}

/** Everything an analysis found, each level linked to the one below by ids. */
export interface Findings {
  readonly interviews: readonly Interview[];
  readonly chunks: readonly Chunk[];
  readonly meanings: readonly Meaning[];
  readonly patterns: readonly Pattern[];
  readonly insights: readonly Insight[];
  readonly principles: readonly Principle[];
}

export interface Usage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Null where the model's price is not known. */
  readonly cost_usd: number | null;
}

/** What an analysis gives to whoever asked for it. */
export interface AnalysisResult extends Findings {
  readonly request_id: string;
  readonly title: string;
  readonly method: Method;
  /** The language model that read; absent where none did. */
  readonly model?: string;
  readonly created_at: string;
  /** What to know before relying on it. */
  readonly notes: readonly string[];
  readonly usage: Usage;
  /** Quotes of a language model that do not stand in the interview. */
  readonly dropped_quotes: number;
}
