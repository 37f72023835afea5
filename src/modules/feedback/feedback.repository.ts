import { Injectable, type OnModuleInit } from '@nestjs/common';
import { idsSince } from '../../platform/ids.js';
import {
  type Comparison,
  type ItemKey,
  type ItemPage,
  ItemStore,
  write,
} from '../../providers/item-store/item-store.js';
import { removePartition } from '../../providers/item-store/remove-partition.js';
import { feedbackWrite } from '../conversations/message-feedback.js';
import type { MessageItem } from '../conversations/conversation.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import { type FeedbackItem, feedbackTable, type Rating, verifiedTable } from './feedback.js';

export const feedbackPrefix = 'fb';

export interface FeedbackSelection {
  readonly rating?: Rating | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What people think of answers, in the item store. */
@Injectable()
export class FeedbackRepository implements OnModuleInit {
  constructor(
    private readonly items: ItemStore,
    private readonly purge: PurgeJob,
  ) {}

  onModuleInit(): void {
    this.purge.alsoRemove(async (workspaceId) => {
      await removePartition(this.items, feedbackTable, workspaceId);
      await removePartition(this.items, verifiedTable, workspaceId);
    });
  }

  get(workspaceId: string, feedbackId: string): Promise<FeedbackItem | undefined> {
    return this.items.get(feedbackTable, { workspace_id: workspaceId, feedback_id: feedbackId });
  }

  /** For admins and with the message, together. Rejects with `ConditionFailed` when the message was rated meanwhile. */
  async put(message: MessageItem, feedback: FeedbackItem, onMessage: string): Promise<void> {
    await this.items.transact([feedbackWrite(message, onMessage), write.put(feedbackTable, feedback)]);
  }

  /** Newest first. */
  async list(
    workspaceId: string,
    { rating, from, to }: FeedbackSelection,
    limit: number,
    after: ItemKey<FeedbackItem> | undefined,
  ): Promise<ItemPage<FeedbackItem>> {
    const sort = timesBetween(from, to);
    return this.items.query(feedbackTable, {
      ...(rating === undefined
        ? { partition: workspaceId }
        : { index: 'by_rating', partition: `${workspaceId}#${rating}` }),
      ...(sort && { sort }),
      order: 'descending',
      limit,
      after,
    });
  }
}

function timesBetween(from: string | undefined, to: string | undefined): Comparison | undefined {
  const bound = (time: string) => idsSince(feedbackPrefix, Date.parse(time));
  if (from !== undefined && to !== undefined) return { between: [bound(from), bound(to)] };
  if (from !== undefined) return { atLeast: bound(from) };
  return to === undefined ? undefined : { lessThan: bound(to) };
}
