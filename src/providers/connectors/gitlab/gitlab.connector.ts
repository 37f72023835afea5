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
import { GitLabApi } from './gitlab-api.js';
import { type GitLabConfig, gitLabParts, GitLabSession } from './gitlab-session.js';
import { gitLabWebhook } from './gitlab-webhook.js';

/** GitLab, its own or one that a company runs: issues and merge requests with comments, wikis and READMEs. */
export class GitLabConnector extends Connector {
  readonly kind = 'gitlab';

  constructor(
    private readonly outside: SafeFetch,
    private readonly clock: Clock,
  ) {
    super();
  }

  configure(config: SourceConfig): GitLabConfig | readonly ConfigFault[] {
    const reader = new ConfigReader(config);
    const project = { matching: /^\w[\w.-]*(\/\w[\w.-]*)*$/, example: 'group/project', most: 500 };
    return reader.result<GitLabConfig>({
      url: reader.origin('url', 'https://gitlab.com'),
      projects: reader.texts('projects', project),
      include: reader.choices('include', gitLabParts),
      confidential: reader.flag('confidential', false),
    });
  }

  originOf(config: SourceConfig): string {
    return (config as GitLabConfig).url;
  }

  open({ config, secret, ...options }: SessionOptions): ConnectorSession {
    const { url } = config as GitLabConfig;
    const fetch = patientFetch(this.outside, this.clock, options);
    return new GitLabSession(config as GitLabConfig, new GitLabApi(url, secret.token, fetch));
  }

  webhook(request: WebhookRequest, secret: string): WebhookAnswer {
    return gitLabWebhook(request, secret);
  }
}
