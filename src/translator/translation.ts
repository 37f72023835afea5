import type { CatalogTable } from '../providers/catalog/catalog.js';
import type { Plan } from './plan.js';

/** A table as far as a translation needs it: what the catalog knows. */
export type TranslatorTable = Pick<CatalogTable, 'table' | 'description' | 'columns' | 'rows'>;

/** A text that a column holds. */
export interface StoredValue {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

/** Finds stored texts. Words are compared by their stems (see `valueKey`), so case, accents and plurals do not matter. */
export interface ValueLookup {
  /** Values that consist of exactly these words. */
  whole(key: string): readonly StoredValue[];
  /** Values that contain all of these stems among other words; a limited number. */
  containing(stems: readonly string[]): readonly StoredValue[];
  /** Words of stored values that are spelled nearly like this one, the nearest first. */
  similarWords(word: string): readonly string[];
}

/** What a question is asked of. Build it once for each state of the catalog with `translationContext`. */
export interface ContextOptions {
  /** Only tables that the caller may read. */
  readonly tables: readonly TranslatorTable[];
  readonly values: ValueLookup;
}

/** The question is understood and can be run. */
export interface Answer {
  readonly kind: 'answer';
  /** One SELECT in Athena's dialect. */
  readonly sql: string;
  readonly plan: Plan;
  /** What was understood, in words. */
  readonly understood: string;
  /** Everything that was taken for granted, one sentence each. */
  readonly assumptions: readonly string[];
  /** 0 to 1. */
  readonly confidence: number;
  readonly coverage: Coverage;
}

/** The question can be understood in several ways. */
export interface Clarification {
  readonly kind: 'clarify';
  readonly question: string;
  /** One to four; each carries the question rewritten so that it is no longer torn. */
  readonly options: readonly { readonly label: string; readonly question: string }[];
}

/** The question is none for these tables, or was not understood. */
export interface Refusal {
  readonly kind: 'decline';
  readonly reason: string;
  /** Words that could not be linked to the tables. */
  readonly unknownWords: readonly string[];
  /** What could be asked instead. */
  readonly suggestions: readonly string[];
}

export type Translation = Answer | Clarification | Refusal;

/** The words of the question that the answer rests on, and those that it leaves out. */
export interface Coverage {
  readonly used: readonly string[];
  readonly unused: readonly string[];
}
