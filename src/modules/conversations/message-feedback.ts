import { type Write, write } from '../../providers/item-store/item-store.js';
import { type MessageItem, messageTable } from './conversation.js';

/** What a message's reader thinks of it, as JSON. Fails with `ConditionFailed` when that has changed since it was read. */
export function feedbackWrite({ conversation, position, feedback: before }: MessageItem, feedback: string): Write {
  return write.update(
    messageTable,
    { conversation, position },
    { set: { feedback } },
    { exists: true, equals: { feedback: before } },
  );
}
