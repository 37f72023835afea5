import { csvLine } from '../../../csv/write-csv.js';
import type { Feedback } from '../feedback.dto.js';
import type { FeedbackItem } from '../feedback.js';

const columns = [
  'feedback_id',
  'created_at',
  'updated_at',
  'rating',
  'reason',
  'comment',
  'question',
  'answer',
  'sql',
  'corrected_sql',
  'user_id',
  'conversation_id',
  'message_id',
] as const satisfies readonly (keyof Feedback)[];

/** How feedback is written in a file: what comes before it, and each of it. */
export interface FeedbackText {
  readonly name: string;
  readonly contentType: string;
  readonly header: string;
  line(item: FeedbackItem): string;
}

export const feedbackTexts: Readonly<Record<'jsonl' | 'csv' | 'cases', FeedbackText>> = {
  csv: {
    name: 'feedback.csv',
    contentType: 'text/csv; charset=utf-8; header=present',
    header: csvLine([...columns, 'tables']),
    line: (item) => {
      const feedback = shownFeedback(item);
      return csvLine([...columns.map((column) => feedback[column]), feedback.tables.join(' ')]);
    },
  },
  jsonl: {
    name: 'feedback.jsonl',
    contentType: 'application/jsonl; charset=utf-8',
    header: '',
    line: (item) => `${JSON.stringify(shownFeedback(item))}\n`,
  },
  cases: {
    name: 'cases.jsonl',
    contentType: 'application/jsonl; charset=utf-8',
    header: '',
    line: (item) => {
      const found = evaluationCase(item);
      return found ? `${JSON.stringify(found)}\n` : '';
    },
  },
};

/** The question with SQL that is right: a corrected one, or that of an answer which was liked; undefined without any. */
export function evaluationCase(
  item: FeedbackItem,
): { question: string; gold_sql: string; tables: readonly string[] } | undefined {
  const { question, rating, sql, tables, corrected_sql: corrected, corrected_tables: correctedTables = [] } = item;
  if (corrected !== undefined) return { question, gold_sql: corrected, tables: correctedTables };
  return rating === 'up' && sql !== undefined ? { question, gold_sql: sql, tables } : undefined;
}

export function shownFeedback(item: FeedbackItem): Feedback {
  const { feedback_id, message_id, conversation_id, user_id, rating, question, answer, created_at, updated_at } = item;
  return {
    feedback_id,
    rating,
    reason: item.reason ?? null,
    comment: item.comment ?? null,
    question,
    answer,
    sql: item.sql ?? null,
    tables: [...item.tables],
    corrected_sql: item.corrected_sql ?? null,
    user_id,
    conversation_id,
    message_id,
    created_at,
    updated_at,
  };
}
