import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { DatabaseTransaction } from '../../providers/database/database.js';
import { Embedder } from '../../providers/embedder/embedder.js';
import { type JobContext, type JobHandler, JobQueue, TryAgain } from '../../providers/job-queue/job-queue.js';
import { isModelProblem } from '../../providers/language-model/errors.js';
import { type IndexedDocument, PassageIndex } from '../../providers/passage-index/passage-index.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import { type DocumentRow, DocumentsRepository } from './documents.repository.js';
import { passagesOf, type PlainPassage } from './domain/passages.js';
import { EmbeddingReferences } from './embedding-references.js';

/** How long a run waits for more when all is done: a sync stores page after page. */
const patienceMs = 1000;
const documentsPerStep = 32;
/** A step ends behind the document with which it has so many characters: each keeps the database for a moment only. */
const charactersPerStep = 60_000;
/** What a document is found by while its vectors are still to come. */
const wordsAlone = 'words';

interface CutDocument {
  readonly document: DocumentRow;
  readonly passages: readonly PlainPassage[];
}

/**
 * Makes documents findable: cuts them into passages, has these embedded and puts them into the index, a few documents at
 * a time. It finds what to do by the documents themselves, so it goes on wherever a run ended, and begins anew with the
 * vectors when the embedder is another one. While the model cannot be reached documents are found by their words.
 */
@Injectable()
export class IndexDocumentsJob implements OnModuleInit, OnApplicationBootstrap, JobHandler<null> {
  readonly kind = 'documents.index';
  readonly concurrency = 4;
  readonly perWorkspace = 1;
  /** A process may die in the middle of it, and a model be away for a day: neither must leave documents unfound. */
  readonly maxAttempts = 100;
  /** Ends the wait of a run, by workspace. */
  private readonly waiting = new Map<string, () => void>();

  constructor(
    private readonly jobs: JobQueue,
    private readonly documents: DocumentsRepository,
    private readonly references: EmbeddingReferences,
    private readonly embedder: Embedder,
    private readonly index: PassageIndex,
    private readonly purge: PurgeJob,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.jobs.handle(this);
    await this.index.prepare();
    this.purge.alsoRemove((workspaceId) => this.index.forget(workspaceId));
  }

  /** The embedder may be another than before. */
  async onApplicationBootstrap(): Promise<void> {
    for (const workspaceId of await this.documents.workspaces()) await this.enqueue(workspaceId);
  }

  /** Accepts the work unless there is none, or it is queued already. */
  async enqueue(workspaceId: string, transaction?: DatabaseTransaction): Promise<void> {
    if (!transaction && (await this.documents.isIndexed(workspaceId, this.embedder.space))) return;
    await this.jobs.enqueue({ kind: this.kind, workspaceId, payload: null, uniqueKey: this.kind }, transaction);
    transaction?.afterCommit(() => this.waiting.get(workspaceId)?.());
  }

  async run(context: JobContext<null>): Promise<void> {
    const { workspace_id: workspaceId } = context.job;
    let done = 0;
    let waited = false;
    for (;;) {
      context.signal.throwIfAborted();
      const documents = await this.documents.toIndex(workspaceId, this.embedder.space, documentsPerStep);
      if (documents.length === 0) {
        if (waited && (await this.finish(context))) return;
        if (!waited) await this.waitForMore(context);
        waited = true;
        continue;
      }
      waited = false;
      const some = cutSome(documents);
      await this.store(context, some, this.embedder.space, await this.vectorsOf(context, some));
      done += some.length;
      context.report({ documents: done });
    }
  }

  /** Some time, or until this process stores more. */
  private async waitForMore({ job, signal }: JobContext<null>): Promise<void> {
    const there = new AbortController();
    this.waiting.set(job.workspace_id, () => there.abort());
    try {
      await this.clock.sleep(patienceMs, AbortSignal.any([signal, there.signal]));
    } catch {
      signal.throwIfAborted();
    } finally {
      this.waiting.delete(job.workspace_id);
    }
  }

  /** Whoever stores documents meanwhile has found this job queued, so it must not end before it has seen theirs. */
  private async finish(context: JobContext<null>): Promise<boolean> {
    const { workspace_id: workspaceId } = context.job;
    const behind = new Error('Documents came meanwhile.');
    try {
      await context.complete(async (transaction) => {
        if (!(await this.documents.isIndexed(workspaceId, this.embedder.space, transaction))) throw behind;
      });
      return true;
    } catch (error) {
      if (error !== behind) throw error;
      return false;
    }
  }

  private async vectorsOf(context: JobContext<null>, some: readonly CutDocument[]): Promise<readonly Float32Array[]> {
    const texts = some.flatMap(({ passages }) => passages.map(({ textToEmbed }) => textToEmbed));
    try {
      return await this.references.vectorsOf(context.job.workspace_id, texts, context.signal);
    } catch (error) {
      context.signal.throwIfAborted();
      if (!isModelProblem(error)) throw error;
      await this.indexWords(context);
      // A problem would end the job for good, but the provider may answer again.
      throw error.retryable ? new TryAgain(error) : error;
    }
  }

  /** What could not be found at all can now be found by its words. */
  private async indexWords(context: JobContext<null>): Promise<void> {
    for (;;) {
      context.signal.throwIfAborted();
      const documents = await this.documents.notIndexed(context.job.workspace_id, documentsPerStep);
      if (documents.length === 0) return;
      await this.store(context, cutSome(documents), wordsAlone);
    }
  }

  private async store(
    context: JobContext<null>,
    cut: readonly CutDocument[],
    indexedAs: string,
    vectors: readonly (Float32Array | undefined)[] = [],
  ): Promise<void> {
    const { workspace_id: workspaceId } = context.job;
    let next = 0;
    const indexed = cut.map(({ document, passages }): IndexedDocument => ({
      sourceId: document.source_id,
      documentId: document.document_id,
      kind: document.kind,
      passages: passages.map(({ passage }) => ({ ...passage, vector: vectors[next++] })),
    }));
    await context.transaction(async (transaction) => {
      const marked = await this.documents.markIndexed(
        transaction,
        cut.map(({ document }) => document),
        indexedAs,
      );
      const current = indexed.filter(({ documentId }) => marked.has(documentId));
      if (current.length > 0) await this.index.replace(transaction, workspaceId, this.embedder.space, current);
    });
  }
}

/** The first ones, up to so many characters. */
function cutSome(documents: readonly DocumentRow[]): CutDocument[] {
  let characters = 0;
  const beyond = documents.findIndex(({ text }) => (characters += text.length) > charactersPerStep);
  const some = beyond === -1 ? documents : documents.slice(0, beyond + 1);
  return some.map((document) => ({ document, passages: passagesOf(document) }));
}
