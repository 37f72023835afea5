import type { components } from '../../lib/api/schema';
import type { MessageStatus } from '../../lib/socket/frames';

export type CellSource = components['schemas']['CellSource'];
export type QuerySource = components['schemas']['QuerySource'];
export type Provenance = components['schemas']['AnswerProvenance'];
export type DocumentCitation = components['schemas']['DocumentSource'];
export type ChartSpec = components['schemas']['AnswerChart'];
export type Feedback = components['schemas']['AnswerFeedback'];

/** An answer as it is shown, whether it has been read from the conversation or has just come over the socket. */
export interface Answer {
  readonly messageId: string;
  readonly content: string;
  readonly status: MessageStatus;
  readonly provenance?: Provenance;
  readonly chart?: ChartSpec;
  readonly queryId?: string;
  readonly followUps: readonly string[];
  readonly feedback?: Feedback;
}

/** What both a stored message and the last event of a run have. */
interface Told {
  readonly message_id: string;
  readonly content: string;
  readonly status: MessageStatus;
  readonly provenance?: Provenance;
  readonly chart?: ChartSpec;
  readonly query_id?: string;
  readonly follow_ups?: readonly string[];
  readonly feedback?: Feedback;
}

export function answerOf(told: Told): Answer {
  return {
    messageId: told.message_id,
    content: told.content,
    status: told.status,
    provenance: told.provenance,
    chart: told.chart,
    queryId: told.query_id,
    followUps: told.follow_ups ?? [],
    feedback: told.feedback,
  };
}
