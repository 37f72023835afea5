import { Backlog, Error as BacklogErrors, type Entity } from 'backlog-js';
import type { ClientFetch } from '../connector-http.js';
import { ConnectorRefused, NotThere, PlatformStumbled } from '../errors.js';

export type BacklogIssue = Entity.Issue.Issue;
export type BacklogComment = Entity.Issue.Comment;
export type BacklogProject = Entity.Project.Project;
export type BacklogWiki = Entity.Wiki.Wiki;
export type BacklogWikiEntry = Entity.Wiki.WikiListItem;

export const issuesPerPage = 100;
const commentsPerPage = 100;

/** The calls of Backlog's API that reading takes. */
export class BacklogApi {
  private readonly client: Backlog;

  constructor(origin: string, apiKey: string, fetch: ClientFetch) {
    const { host, protocol } = new URL(origin);
    this.client = new Backlog({ host, apiKey, fetch: overProtocol(protocol, fetch) });
  }

  /** As whom the key speaks, and where. */
  async account(): Promise<string> {
    const [{ name }, space] = [await call(this.client.getMyself()), await call(this.client.getSpace())];
    return `${name} in ${space.name}`;
  }

  project(idOrKey: string | number): Promise<BacklogProject> {
    return call(this.client.getProject(idOrKey));
  }

  async projects(): Promise<BacklogProject[]> {
    return call(this.client.getProjects({ archived: false }));
  }

  /** In the order of their last change, the longest ago first; `since` is a day. */
  issues(
    projectId: number,
    { since, offset }: { since?: string | undefined; offset: number },
  ): Promise<BacklogIssue[]> {
    return call(
      this.client.getIssues({
        projectId: [projectId],
        sort: 'updated',
        order: 'asc',
        count: issuesPerPage,
        offset,
        ...(since !== undefined && { updatedSince: since }),
      }),
    );
  }

  issue(idOrKey: string | number): Promise<BacklogIssue> {
    return call(this.client.getIssue(idOrKey));
  }

  /** The oldest first. */
  async comments(issueId: number): Promise<BacklogComment[]> {
    const comments: BacklogComment[] = [];
    for (let hasMore = true; hasMore;) {
      const last = comments.at(-1)?.id;
      const query = { count: commentsPerPage, order: 'asc' as const, ...(last !== undefined && { minId: last }) };
      const page = await call(this.client.getIssueComments(issueId, query));
      comments.push(...page.filter(({ id }) => last === undefined || id > last));
      hasMore = page.length === commentsPerPage && comments.at(-1)?.id !== last;
    }
    return comments;
  }

  /** Without their contents. */
  wikis(projectId: number): Promise<BacklogWikiEntry[]> {
    return call(this.client.getWikis({ projectIdOrKey: projectId }));
  }

  wiki(id: number): Promise<BacklogWiki> {
    return call(this.client.getWiki(id));
  }
}

/** The client knows https alone; a space on a machine of one's own may have less. */
function overProtocol(protocol: string, fetch: ClientFetch): typeof globalThis.fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    url.protocol = protocol;
    return fetch(url, { method: init?.method, headers: init?.headers, body: init?.body });
  };
}

async function call<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw meant(error);
  }
}

function meant(error: unknown): unknown {
  if (!(error instanceof BacklogErrors.BacklogError)) return error;
  if (error.status === 401)
    return new ConnectorRefused('Backlog does not accept the API key: it is wrong or was deleted.');
  if (error.status === 404 || error.status === 403)
    return new NotThere(`Backlog answered with status ${error.status}.`);
  return new PlatformStumbled(`Backlog answered with status ${error.status}.`);
}
