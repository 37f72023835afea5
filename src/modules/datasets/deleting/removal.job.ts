import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Catalog } from '../../../providers/catalog/catalog.js';
import type { DatabaseTransaction } from '../../../providers/database/database.js';
import { type JobContext, type JobHandler, JobQueue } from '../../../providers/job-queue/job-queue.js';
import { ObjectStore } from '../../../providers/object-store/object-store.js';
import { StoredTables } from '../../tables/stored-tables.js';
import { TableValues } from '../../tables/table-values.js';

interface RemovalPayload {
  /** Objects under it belong to nothing any more. */
  readonly folder: string;
  /** The table that went with a deleted data set, and the generation of its values. */
  readonly table?: { readonly name: string; readonly valuesGeneration?: string | undefined } | undefined;
}

/** Clears away what a deleted data set or an ended publication has left, so that nobody waits for it and nothing stays. */
@Injectable()
export class RemovalJob implements OnModuleInit, JobHandler<RemovalPayload> {
  readonly kind = 'datasets.remove';
  readonly concurrency = 1;
  readonly maxAttempts = 10;

  constructor(
    private readonly jobs: JobQueue,
    private readonly objects: ObjectStore,
    private readonly catalog: Catalog,
    private readonly stored: StoredTables,
    private readonly values: TableValues,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(this);
  }

  /** Accepts the removal if and only if the transaction commits. */
  async enqueue(transaction: DatabaseTransaction, workspaceId: string, payload: RemovalPayload): Promise<void> {
    await this.jobs.enqueue({ kind: this.kind, workspaceId, payload }, transaction);
  }

  async run({ job: { workspace_id: workspaceId, payload } }: JobContext<RemovalPayload>): Promise<void> {
    const { folder, table } = payload;
    if (table) {
      // A data set of the same name may have been published since.
      if (!(await this.stored.find(workspaceId, table.name))) await this.catalog.delete(workspaceId, table.name);
      if (table.valuesGeneration) await this.values.drop(table.valuesGeneration, workspaceId, table.name);
    }
    await this.objects.deletePrefix(folder);
  }
}
