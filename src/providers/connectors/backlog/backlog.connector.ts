import type { SafeFetch } from '../../../platform/http/safe-fetch.js';
import type { Clock } from '../../clock/clock.js';
import { ConfigReader } from '../config-reader.js';
import {
  type ConfigFault,
  Connector,
  type ConnectorSession,
  type SessionOptions,
  type SourceConfig,
  type WebhookAnswer,
  type WebhookRequest,
} from '../connector.js';
import { patientFetch } from '../connector-http.js';
import { BacklogApi } from './backlog-api.js';
import { type BacklogConfig, backlogParts, BacklogSession } from './backlog-session.js';
import { backlogWebhook } from './backlog-webhook.js';

/** Nulab’s Backlog: issues with comments, and wikis. */
export class BacklogConnector extends Connector {
  readonly kind = 'backlog';

  constructor(
    private readonly outside: SafeFetch,
    private readonly clock: Clock,
  ) {
    super();
  }

  configure(config: SourceConfig): BacklogConfig | readonly ConfigFault[] {
    const reader = new ConfigReader(config);
    return reader.result<BacklogConfig>({
      url: reader.origin('url'),
      projects: reader.texts('projects', { matching: /^[A-Z0-9_]{1,25}$/, example: 'WEB', most: 500 }),
      include: reader.choices('include', backlogParts),
    });
  }

  originOf(config: SourceConfig): string {
    return (config as BacklogConfig).url;
  }

  open({ config, secret, ...options }: SessionOptions): ConnectorSession {
    const { url } = config as BacklogConfig;
    const fetch = patientFetch(this.outside, this.clock, options);
    return new BacklogSession(config as BacklogConfig, new BacklogApi(url, secret.token, fetch));
  }

  webhook(request: WebhookRequest, secret: string): WebhookAnswer {
    return backlogWebhook(request, secret);
  }
}
