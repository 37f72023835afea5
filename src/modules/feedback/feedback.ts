import { itemTable } from '../../providers/item-store/item-tables.js';

export const ratings = ['up', 'down'] as const;

export type Rating = (typeof ratings)[number];

/** What somebody thinks of an answer, with all that is needed to judge it: their conversation stays their own. */
export interface FeedbackItem {
  readonly workspace_id: string;
  /** Begins with the time, so that the order of ids is the order of creation. */
  readonly feedback_id: string;
  /** Workspace and rating. */
  readonly rated: string;
  readonly rating: Rating;
  readonly reason?: string;
  readonly comment?: string;
  readonly question: string;
  readonly answer: string;
  readonly sql?: string;
  readonly tables: readonly string[];
  readonly corrected_sql?: string;
  readonly corrected_tables?: readonly string[];
  readonly user_id: string;
  readonly message_id: string;
  readonly conversation_id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Read by workspace, and by rating, in the order of time. */
export const feedbackTable = itemTable<FeedbackItem>({
  name: 'feedback',
  partitionKey: 'workspace_id',
  sortKey: 'feedback_id',
  indexes: { by_rating: { partitionKey: 'rated', sortKey: 'feedback_id' } },
  accesses: [
    { does: 'transact put', for: 'rating an answer, together with its message' },
    { does: 'get', for: 'one rating, read by an administrator or changed by its author' },
    { does: 'query', sort: ['between', 'atLeast', 'lessThan'], order: 'descending', for: 'ratings of a time' },
    { does: 'query', order: 'descending', for: 'all ratings' },
    {
      does: 'query',
      index: 'by_rating',
      sort: ['between', 'atLeast', 'lessThan'],
      order: 'descending',
      for: 'good or bad ratings of a time',
    },
    { does: 'query', index: 'by_rating', order: 'descending', for: 'all good or all bad ratings' },
    { does: 'query', for: 'removal of a workspace' },
    { does: 'writeMany delete', for: 'removal of a workspace' },
  ],
});

/** A question whose SQL somebody has found to be right. */
export interface VerifiedItem {
  readonly workspace_id: string;
  readonly verified_id: string;
  /** Workspace and a digest of the question as it is compared. */
  readonly asked: string;
  readonly question: string;
  readonly sql: string;
  /** JSON array of `QueryParameter`, one for each `?` of the statement. */
  readonly parameters: string;
  readonly tables: readonly string[];
  readonly user_id: string;
  readonly created_at: string;
}

/** Read by workspace in the order of time, and by question. */
export const verifiedTable = itemTable<VerifiedItem>({
  name: 'verified_questions',
  partitionKey: 'workspace_id',
  sortKey: 'verified_id',
  indexes: { by_question: { partitionKey: 'asked' } },
  accesses: [
    { does: 'put', for: 'verifying the SQL of an answer' },
    { does: 'query', index: 'by_question', for: 'the same question, asked or verified again' },
    { does: 'query', for: 'all of a workspace, to find a question that asks the same; removal of a workspace' },
    { does: 'query', order: 'descending', for: 'the list of verified questions' },
    { does: 'get', for: 'deleting one' },
    { does: 'delete', for: 'deleting one' },
    { does: 'writeMany delete', for: 'removal of a workspace' },
  ],
});
