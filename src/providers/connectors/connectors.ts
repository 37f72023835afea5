import { SafeFetch, type SafeFetchOptions } from '../../platform/http/safe-fetch.js';
import type { Clock } from '../clock/clock.js';
import type { Connector, SourceKind } from './connector.js';
import type { SlackOptions } from './slack/slack.connector.js';

export interface ConnectorOptions {
  readonly outside: SafeFetchOptions;
  readonly slack: SlackOptions;
}

/** Every kind of connector; the client of a platform is loaded when a source of its kind is used first. */
export class Connectors {
  private readonly outside: SafeFetch;
  private readonly opened = new Map<SourceKind, Promise<Connector>>();

  constructor(
    private readonly clock: Clock,
    private readonly options: ConnectorOptions,
  ) {
    this.outside = new SafeFetch(options.outside);
  }

  of(kind: SourceKind): Promise<Connector> {
    const known = this.opened.get(kind);
    if (known) return known;
    const opening = this.load(kind);
    this.opened.set(kind, opening);
    return opening;
  }

  private async load(kind: SourceKind): Promise<Connector> {
    const { outside, clock, options } = this;
    if (kind === 'slack') {
      const { SlackConnector } = await import('./slack/slack.connector.js');
      return new SlackConnector(outside, clock, options.slack);
    }
    if (kind === 'gitlab') {
      const { GitLabConnector } = await import('./gitlab/gitlab.connector.js');
      return new GitLabConnector(outside, clock);
    }
    const { BacklogConnector } = await import('./backlog/backlog.connector.js');
    return new BacklogConnector(outside, clock);
  }
}
