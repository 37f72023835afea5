import type { Client } from '../app.js';
import { type Connected, connectBacklog, connectGitLab, connectSlack, platformSettings } from '../sources.js';
import { FakeBacklog } from './fake-backlog.js';
import { FakeGitLab } from './fake-gitlab.js';
import type { FakePlatform } from './fake-platform.js';
import { FakeSlack } from './fake-slack.js';

/** A platform on which much was written, and how a source reads all of it. */
export interface FullPlatform {
  readonly name: string;
  readonly fake: FakePlatform;
  /** Requests for many documents at once, as `METHOD /path`, and those for one alone. */
  readonly lists: RegExp;
  readonly ofDocuments: RegExp;
  /** Whether what it holds becomes a table as well. */
  readonly hasTable: boolean;
  /** Of the service, once the platform is started. */
  settings(): Record<string, string>;
  connect(client: Client, name: string): Promise<Connected>;
}

/** `documents` is how many messages or issues each holds, beside a few files and pages. */
export function fullPlatforms(documents: number): readonly FullPlatform[] {
  const slack = new FakeSlack({ messages: documents });
  for (const file of ['plan.txt', 'notes.txt']) slack.shareFile('general', file, `What stands in ${file} is short.`);
  const issues = Math.ceil(documents * 0.8);
  const gitlab = new FakeGitLab({ issues, mergeRequests: documents - issues });
  const backlog = new FakeBacklog({ issues: documents });
  return [
    {
      name: 'Slack',
      fake: slack,
      lists: /conversations\.history$/,
      ofDocuments: /conversations\.replies$|files-pri/,
      hasTable: false,
      settings: () => platformSettings({ slack }),
      connect: (client, name) => connectSlack(client, slack, { name }),
    },
    {
      name: 'GitLab',
      fake: gitlab,
      lists: /\/(issues|merge_requests|wikis)$/,
      ofDocuments: /\/notes$|\/repository\//,
      hasTable: true,
      settings: () => platformSettings(),
      connect: (client, name) => connectGitLab(client, gitlab, { name, tables: true }),
    },
    {
      name: 'Backlog',
      fake: backlog,
      lists: /\/(issues|wikis)$/,
      ofDocuments: /\/comments$|\/wikis\/\d+$/,
      hasTable: true,
      settings: () => platformSettings(),
      connect: (client, name) => connectBacklog(client, backlog, { name, tables: true }),
    },
  ];
}
