/** What a run of the chat is asked, as it is stored with the run. */
export interface RunInput {
  readonly question: string;
  readonly chatbot_id: string;
  /** Place of the question in its conversation; the answer takes the next one. */
  readonly position: number;
  /** The answer that is to be given anew. */
  readonly regenerates?: string;
}
