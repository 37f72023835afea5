import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import type { WebhookRequest } from '../../providers/connectors/connector.js';
import { Connectors } from '../../providers/connectors/connectors.js';
import { Database } from '../../providers/database/database.js';
import { type SourceRow, SourcesRepository } from '../sources/sources.repository.js';
import { WebhookRefused } from './errors.js';
import { WebhookReceipt } from './source.dto.js';
import { SourceSecrets } from './source-secrets.js';
import { SyncRequests } from './sync-requests.js';
import { SyncsRepository } from './syncs.repository.js';

/** Takes webhooks: verified, stored once, and answered before anything of them is followed. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: Database,
    private readonly sources: SourcesRepository,
    private readonly syncs: SyncsRepository,
    private readonly requests: SyncRequests,
    private readonly secrets: SourceSecrets,
    private readonly connectors: Connectors,
    private readonly clock: Clock,
  ) {}

  /** Throws `WebhookRefused`, the same for a source that is not there and a signature that is wrong. */
  async receive(kind: string, sourceId: string, request: Omit<WebhookRequest, 'receivedAt'>): Promise<WebhookReceipt> {
    const source = await this.sources.findAnywhere(sourceId);
    if (source?.kind !== kind || source.has_webhook_secret === 0) throw new WebhookRefused();
    const { webhook_secret: secret } = await this.secrets.open(source);
    const connector = await this.connectors.of(source.kind);
    const answer = connector.webhook({ ...request, receivedAt: this.clock.now() }, secret!);
    if (answer.kind === 'refused') throw new WebhookRefused();
    if (answer.kind === 'challenge') return { challenge: answer.reply };
    // A paused source catches up when it is resumed.
    if (answer.changes.length === 0 || source.paused === 1) return { accepted: false };
    return { accepted: await this.accept(source, answer) };
  }

  private accept(
    { workspace_id, source_id }: SourceRow,
    event: Parameters<SyncsRepository['receive']>[2],
  ): Promise<boolean> {
    const scope = { workspaceId: workspace_id, sourceId: source_id };
    return this.database.transaction(async (transaction) => {
      const isNew = await this.syncs.receive(transaction, scope, event, this.clock.now().toISOString());
      if (isNew) await this.requests.ask(transaction, { workspace_id, source_id }, { trigger: 'webhook' });
      return isNew;
    });
  }
}
