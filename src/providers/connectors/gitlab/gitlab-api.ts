import {
  Commits,
  IssueNotes,
  Issues,
  MergeRequestNotes,
  MergeRequests,
  type NoteSchema,
  Projects,
  ProjectWikis,
  RepositoryFiles,
  Users,
} from '@gitbeaker/rest';
import type { ClientFetch } from '../connector-http.js';
import { ConnectorRefused, NotThere, PlatformStumbled } from '../errors.js';

export interface GitLabProject {
  readonly id: number;
  readonly path: string;
  readonly url: string;
  readonly createdAt: string;
  readonly defaultBranch: string | undefined;
  readonly readmeUrl: string | undefined;
}

/** What issues and merge requests have in common, as GitLab answers. */
export interface GitLabItem {
  readonly id: number;
  readonly iid: number;
  readonly project_id: number;
  readonly title: string;
  readonly description?: string | null;
  readonly state: string;
  readonly author?: { readonly name?: string; readonly username?: string } | null;
  readonly assignees?: readonly { readonly name?: string }[] | null;
  readonly labels?: readonly unknown[];
  readonly milestone?: { readonly title?: string } | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at?: string | null;
  readonly merged_at?: string | null;
  readonly due_date?: string | null;
  readonly weight?: number | null;
  readonly user_notes_count?: number;
  readonly confidential?: boolean;
  readonly draft?: boolean;
  readonly source_branch?: string;
  readonly target_branch?: string;
  readonly issue_type?: string | null;
  readonly web_url: string;
}

export type ItemType = 'issues' | 'merge_requests';

/** A comment; the types of the client leave out `internal`. */
export type GitLabNote = NoteSchema & { readonly internal?: boolean; readonly confidential?: boolean };

export interface GitLabWiki {
  readonly slug: string;
  readonly title: string;
  readonly content: string;
  readonly format: string;
}

export interface GitLabReadme {
  readonly path: string;
  readonly text: string;
  readonly author: string | undefined;
  readonly updatedAt: string;
}

export const itemsPerPage = 50;
const notesPerPage = 100;

/** The calls of GitLab's REST API that reading takes. */
export class GitLabApi {
  private readonly resources;

  constructor(host: string, token: string, fetch: ClientFetch) {
    const options = { host, token, requesterFn: requester(fetch) };
    this.resources = {
      commits: new Commits(options),
      files: new RepositoryFiles(options),
      issues: new Issues(options),
      merge_requests: new MergeRequests(options),
      issueNotes: new IssueNotes(options),
      mergeRequestNotes: new MergeRequestNotes(options),
      projects: new Projects(options),
      users: new Users(options),
      wikis: new ProjectWikis(options),
    };
  }

  /** As whom the token speaks. */
  async account(): Promise<string> {
    return (await this.resources.users.showCurrentUser()).username;
  }

  async project(idOrPath: string | number): Promise<GitLabProject> {
    return projectOf(await this.resources.projects.show(idOrPath));
  }

  /** Those that the token’s account is a member of. */
  async projects(): Promise<GitLabProject[]> {
    const projects = await this.resources.projects.all({ membership: true, archived: false, perPage: 100 });
    return projects.map(projectOf);
  }

  /** Changed at the time or later, the longest ago first. */
  async items(type: ItemType, projectId: number, after: string | undefined, page: number): Promise<GitLabItem[]> {
    const query = {
      projectId,
      scope: 'all' as const,
      state: 'all' as never,
      orderBy: 'updated_at' as const,
      sort: 'asc' as const,
      perPage: itemsPerPage,
      page,
      ...(after !== undefined && { updatedAfter: after }),
    };
    const { issues, merge_requests: mergeRequests } = this.resources;
    const items: unknown = await (type === 'issues' ? issues.all(query) : mergeRequests.all(query));
    return items as GitLabItem[];
  }

  async item(type: ItemType, projectId: number, iid: number): Promise<GitLabItem> {
    const { issues, merge_requests: mergeRequests } = this.resources;
    const item: unknown = await (type === 'issues'
      ? issues.show(iid, { projectId })
      : mergeRequests.show(projectId, iid));
    return item as GitLabItem;
  }

  /** The oldest first. */
  async notes(type: ItemType, projectId: number, iid: number): Promise<GitLabNote[]> {
    const notes = type === 'issues' ? this.resources.issueNotes : this.resources.mergeRequestNotes;
    return notes.all(projectId, iid, { sort: 'asc', orderBy: 'created_at', perPage: notesPerPage });
  }

  async wikis(projectId: number): Promise<GitLabWiki[]> {
    return this.resources.wikis.all(projectId, { withContent: true });
  }

  async wiki(projectId: number, slug: string): Promise<GitLabWiki> {
    return this.resources.wikis.show(projectId, encodeURIComponent(slug));
  }

  /** Undefined when the project has none. */
  async readme({ id, readmeUrl, defaultBranch }: GitLabProject): Promise<GitLabReadme | undefined> {
    const mark = `/-/blob/${defaultBranch}/`;
    const begin = readmeUrl?.indexOf(mark) ?? -1;
    if (readmeUrl === undefined || defaultBranch === undefined || begin < 0) return undefined;
    const path = decodeURIComponent(readmeUrl.slice(begin + mark.length));
    const file = await this.resources.files.show(id, path, defaultBranch);
    const commit = await this.resources.commits.show(id, file.last_commit_id);
    return {
      path,
      text: Buffer.from(file.content, 'base64').toString('utf8'),
      author: commit.author_name,
      updatedAt: commit.committed_date ?? commit.created_at,
    };
  }
}

interface ProjectFields {
  readonly id: number;
  readonly path_with_namespace: string;
  readonly web_url: string;
  readonly created_at: string;
  readonly default_branch?: unknown;
  readonly readme_url?: unknown;
}

function projectOf({ id, path_with_namespace: path, web_url: url, ...project }: ProjectFields): GitLabProject {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    id,
    path,
    url,
    createdAt: project.created_at,
    defaultBranch: text(project.default_branch),
    readmeUrl: text(project.readme_url),
  };
}

type RequesterFunction = NonNullable<NonNullable<ConstructorParameters<typeof Issues>[0]>['requesterFn']>;
type ServiceOptions = Parameters<RequesterFunction>[0];
type Requester = ReturnType<RequesterFunction>;

/**
 * In place of the client’s own, which tries a 429 again ten times within minutes, whatever Retry-After says, and cannot be
 * aborted.
 */
function requester(fetch: ClientFetch): RequesterFunction {
  return ({ url, headers, authHeaders }: ServiceOptions): Requester => {
    const get: Requester['get'] = async (endpoint, options = {}) => {
      const secrets = Object.entries(authHeaders).map(async ([name, value]) => [name, await value()] as const);
      const query = queryOf(options.searchParams ?? {});
      const answer = await fetch(`${url.replace(/\/$/, '')}/${endpoint}${query}`, {
        headers: { ...headers, ...Object.fromEntries(await Promise.all(secrets)) },
      });
      if (!answer.ok) throw await meant(answer);
      const body = (await answer.json()) as never;
      return { body, headers: Object.fromEntries(answer.headers.entries()), status: answer.status };
    };
    const never = () => Promise.reject(new Error('Connectors only read.'));
    return { get, post: never, put: never, patch: never, delete: never };
  };
}

/** The client names parameters `perPage`, GitLab `per_page`. */
function queryOf(parameters: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const snake = name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    if (value !== undefined && value !== null) query.set(snake, String(value));
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

async function meant(answer: Response): Promise<Error> {
  const text = (await answer.text()).slice(0, 300);
  if (answer.status === 401)
    return new ConnectorRefused('GitLab does not accept the token: it is wrong, revoked or expired.');
  if (answer.status === 403 && text.includes('insufficient_scope'))
    return new ConnectorRefused('The token lacks the scope read_api.');
  if (answer.status === 404 || answer.status === 403)
    return new NotThere(`GitLab answered with status ${answer.status}.`);
  return new PlatformStumbled(`GitLab answered with status ${answer.status}.`);
}
