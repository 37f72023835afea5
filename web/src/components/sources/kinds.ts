import { GitMerge, type LucideIcon, MessagesSquare, SquareKanban } from 'lucide-react';
import type { Schemas } from '@/lib/api/client';

export type Source = Schemas['Source'];
export type SourceKind = Source['kind'];
export type Sync = Schemas['SourceSync'];

/** What people need to know of a platform to connect it. */
export interface KindFacts {
  readonly label: string;
  readonly icon: LucideIcon;
  /** What is read of it. */
  readonly brings: string;
  /** What the platform calls what its API asks for. */
  readonly token: string;
  /** How to come by it, step by step. */
  readonly tokenSteps: readonly string[];
  /** Where the platform itself explains it. */
  readonly tokenHelp: string;
  readonly container: string;
  readonly containers: string;
  /** How one of them is written. */
  readonly containerExample: string;
  /** What can be chosen of it; none where that is not a choice. */
  readonly parts: readonly { readonly value: string; readonly label: string }[];
  /** What to know before the first sync. */
  readonly note?: string;
  readonly webhookSecret: string;
  readonly webhookSteps: readonly string[];
}

export const kinds: Readonly<Record<SourceKind, KindFacts>> = {
  slack: {
    label: 'Slack',
    icon: MessagesSquare,
    brings: 'Messages and threads of channels, and the text of shared files.',
    token: 'Bot token',
    tokenSteps: [
      'At api.slack.com/apps, create an app for your workspace, from scratch.',
      'Under OAuth & Permissions, give the bot the scopes channels:read, channels:history, users:read and files:read; for private channels also groups:read and groups:history.',
      'Install the app to the workspace, and copy the Bot User OAuth Token. It begins with xoxb-.',
      'In each channel that is to be read, type /invite and the name of the app.',
    ],
    tokenHelp: 'https://api.slack.com/apps',
    container: 'channel',
    containers: 'channels',
    containerExample: '#support',
    parts: [],
    note: 'Apps outside Slack’s Marketplace may read about fifteen messages a minute, so the first sync of a busy workspace takes days. It goes on by itself, and webhooks bring what is new meanwhile.',
    webhookSecret: 'Signing secret',
    webhookSteps: [
      'Copy the Signing Secret of the app, from Basic Information at api.slack.com/apps, and store it here.',
      'Under Event Subscriptions, switch events on and give the address above as the Request URL. Slack tries it at once.',
      'Subscribe the bot to message.channels; for private channels also to message.groups. Save, and install the app again when Slack asks for it.',
    ],
  },
  gitlab: {
    label: 'GitLab',
    icon: GitMerge,
    brings: 'Issues and merge requests with their comments, wikis and READMEs.',
    token: 'Access token',
    tokenSteps: [
      'In GitLab, open Settings, then Access tokens: of a project or group, so that it does not hang on a person, or of your own account under Preferences.',
      'Create a token with the scope read_api and the role Reporter or higher.',
      'Copy it; GitLab shows it once. It begins with glpat-.',
    ],
    tokenHelp: 'https://docs.gitlab.com/user/project/settings/project_access_tokens/',
    container: 'project',
    containers: 'projects',
    containerExample: 'group/project',
    parts: [
      { value: 'issues', label: 'Issues' },
      { value: 'merge_requests', label: 'Merge requests' },
      { value: 'wiki', label: 'Wikis' },
      { value: 'readme', label: 'READMEs' },
    ],
    webhookSecret: 'Signing token or secret token',
    webhookSteps: [
      'In the project or group, open Settings, then Webhooks, and add one with the address above.',
      'Let GitLab make a signing token, or give it a secret token; store the same one here.',
      'Choose the events: issues, confidential issues if they are read, comments, merge requests, wiki pages and pushes.',
    ],
  },
  backlog: {
    label: 'Backlog',
    icon: SquareKanban,
    brings: 'Issues with their comments, and wikis.',
    token: 'API key',
    tokenSteps: [
      'In Backlog, open your personal settings, then API.',
      'Register a new API key. It sees the projects that you take part in.',
    ],
    tokenHelp: 'https://developer.nulab.com/docs/backlog/auth/',
    container: 'project',
    containers: 'projects',
    containerExample: 'WEB',
    parts: [
      { value: 'issues', label: 'Issues' },
      { value: 'wikis', label: 'Wikis' },
    ],
    webhookSecret: 'Secret of your own',
    webhookSteps: [
      'Backlog signs nothing, so a secret in the address says that it was Backlog. Store one here.',
      'In the project, open Settings, then Integrations, then Webhook, and add one with the address above, with your secret behind the equals sign.',
      'Choose the events on issues, comments and wikis.',
    ],
  },
};

export const allKinds = Object.keys(kinds) as readonly SourceKind[];

/** The name that a configuration needs of a channel or project that a connection test has named. */
export function containerKey(kind: SourceKind, name: string): string {
  return kind === 'backlog' ? (/\(([A-Z0-9_]+)\)$/.exec(name)?.[1] ?? name) : name;
}
