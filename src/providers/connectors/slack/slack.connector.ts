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
import { SlackApi } from './slack-api.js';
import { SlackFiles } from './slack-files.js';
import { SlackPeople } from './slack-people.js';
import { type SlackConfig, SlackSession } from './slack-session.js';
import { slackWebhook } from './slack-webhook.js';

export interface SlackOptions {
  /** Of Slack, or of GovSlack; ends with a slash. */
  readonly apiUrl: string;
}

/** Slack: channels with their threads, and the text of shared files. */
export class SlackConnector extends Connector {
  readonly kind = 'slack';

  constructor(
    private readonly outside: SafeFetch,
    private readonly clock: Clock,
    private readonly options: SlackOptions,
  ) {
    super();
  }

  configure(config: SourceConfig): SlackConfig | readonly ConfigFault[] {
    const reader = new ConfigReader(config);
    const channel = { matching: /^(#?[\p{L}\p{N}_-]{1,80})$/u, example: '#general or C024BE91L', most: 1000 };
    return reader.result<SlackConfig>({
      channels: reader.texts('channels', channel),
      private_channels: reader.flag('private_channels', false),
      files: reader.flag('files', true),
      look_back_days: reader.integer('look_back_days', 7, { min: 0, max: 365 }),
    });
  }

  originOf(): string {
    return this.options.apiUrl;
  }

  open({ config, secret, ...options }: SessionOptions): ConnectorSession {
    const fetch = patientFetch(this.outside, this.clock, options);
    const { host } = new URL(this.options.apiUrl);
    const domain = host.split('.').slice(-2).join('.');
    const api = new SlackApi(secret.token, this.options.apiUrl, fetch);
    const holdsFiles = (url: URL) => url.host === host || url.host === `files.${domain}`;
    return new SlackSession(config as SlackConfig, {
      api,
      people: new SlackPeople(api),
      files: new SlackFiles(fetch, secret.token, holdsFiles),
    });
  }

  webhook(request: WebhookRequest, secret: string): WebhookAnswer {
    return slackWebhook(request, secret);
  }
}
