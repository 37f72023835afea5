import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { Embedder } from '../../providers/embedder/embedder.js';
import { ItemStore, maximumTogether, write } from '../../providers/item-store/item-store.js';
import { itemTable } from '../../providers/item-store/item-tables.js';
import { removePartition } from '../../providers/item-store/remove-partition.js';
import { PurgeJob } from '../workspaces/purge.job.js';

interface EmbeddingReference {
  readonly workspace_id: string;
  /** The space of the vector, and the hash of its text. */
  readonly reference: string;
  /** Floats of 32 bits, as base64. */
  readonly vector: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Read by workspace, model and text. */
const embeddingReferencesTable = itemTable<EmbeddingReference>({
  name: 'embedding_references',
  partitionKey: 'workspace_id',
  sortKey: 'reference',
  expiresAt: 'expires',
  accesses: [
    { does: 'getMany', for: 'vectors of texts that have been embedded before' },
    { does: 'writeMany put', for: 'keeping vectors that were paid for' },
    { does: 'query', for: 'removal of a workspace' },
    { does: 'writeMany delete', for: 'removal of a workspace' },
  ],
});

const keptSeconds = 180 * 86_400;
const putTogether = 25;

/**
 * Embeds texts of documents. What a remote model has embedded once for a workspace is remembered by the hash of its text,
 * so that text which moves, comes back or stands twice is not paid for again.
 */
@Injectable()
export class EmbeddingReferences implements OnModuleInit {
  constructor(
    private readonly embedder: Embedder,
    private readonly items: ItemStore,
    private readonly clock: Clock,
    private readonly purge: PurgeJob,
  ) {}

  onModuleInit(): void {
    this.purge.alsoRemove((workspaceId) => removePartition(this.items, embeddingReferencesTable, workspaceId));
  }

  /** One vector for each text. Rejects as `Embedder.embed` does. */
  async vectorsOf(
    workspaceId: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    if (!this.embedder.isRemote) return this.embedder.embed(texts, 'document', signal);
    const references = texts.map((text) => this.referenceOf(text));
    const vectors = await this.known(workspaceId, [...new Set(references)]);
    const missing = new Map(
      texts.flatMap((text, place) => (vectors.has(references[place]!) ? [] : [[references[place]!, text] as const])),
    );
    const embedded = await this.embedder.embed([...missing.values()], 'document', signal);
    const added = [...missing.keys()].map((reference, place) => [reference, embedded[place]!] as const);
    await this.keep(workspaceId, added);
    for (const [reference, vector] of added) vectors.set(reference, vector);
    return references.map((reference) => vectors.get(reference)!);
  }

  private async known(workspaceId: string, references: readonly string[]): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    for (let at = 0; at < references.length; at += maximumTogether) {
      const keys = references
        .slice(at, at + maximumTogether)
        .map((reference) => ({ workspace_id: workspaceId, reference }));
      const items = await this.items.getMany(embeddingReferencesTable, keys);
      for (const { reference, vector } of items) found.set(reference, decoded(vector));
    }
    return found;
  }

  private async keep(workspaceId: string, vectors: readonly (readonly [string, Float32Array])[]): Promise<void> {
    const expires = Math.floor(this.clock.now().getTime() / 1000) + keptSeconds;
    const items = vectors.map(([reference, vector]) => ({
      workspace_id: workspaceId,
      reference,
      vector: encoded(vector),
      expires,
    }));
    for (let at = 0; at < items.length; at += putTogether) {
      const some = items.slice(at, at + putTogether);
      await this.items.writeMany(some.map((item) => write.put(embeddingReferencesTable, item)));
    }
  }

  private referenceOf(text: string): string {
    return `${this.embedder.space}#${createHash('sha256').update(text).digest('base64url')}`;
  }
}

function encoded({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function decoded(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}
