import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ItemStore, maximumTogether, write } from '../../providers/item-store/item-store.js';
import { removePartition } from '../../providers/item-store/remove-partition.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import { runEventTable, runRequestTable, runTable } from './run.js';

/** Removes the runs of purged workspaces, with all that happened in them. */
@Injectable()
export class RunsRemoval implements OnModuleInit {
  constructor(
    private readonly items: ItemStore,
    private readonly purge: PurgeJob,
  ) {}

  onModuleInit(): void {
    this.purge.alsoRemove((workspaceId) => this.removeAll(workspaceId));
  }

  /** Each run goes last, so that whatever stops this, the next time finds it again. */
  private async removeAll(workspaceId: string): Promise<void> {
    for (;;) {
      const query = { index: 'by_workspace', partition: workspaceId, limit: maximumTogether };
      const { items } = await this.items.query(runTable, query);
      if (items.length === 0) return;
      for (const { run } of items) {
        await removePartition(this.items, runEventTable, run);
        await this.removeRequests(run);
        await this.items.delete(runTable, { run });
      }
    }
  }

  private async removeRequests(run: string): Promise<void> {
    const { items } = await this.items.query(runRequestTable, {
      index: 'by_run',
      partition: run,
      limit: maximumTogether,
    });
    await this.items.writeMany(items.map(({ request }) => write.delete(runRequestTable, { request })));
  }
}
