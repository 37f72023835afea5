/** What a button beside an answer does to its conversation. */
export interface AnswerDoings {
  readonly onRegenerate: (messageId: string) => void;
  readonly onFork?: (messageId: string) => void;
  readonly onChanged: () => void;
  readonly onAsk: (question: string) => void;
}
