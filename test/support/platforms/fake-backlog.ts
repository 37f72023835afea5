import { people, type Person, Writer } from './corpus.js';
import { FakePlatform, type PlatformAnswer, type PlatformRequest } from './fake-platform.js';

interface FakeComment {
  readonly id: number;
  content: string | null;
  readonly createdUser: ReturnType<typeof userOf>;
  readonly created: string;
  readonly updated: string;
  readonly changeLog: { field: string; newValue: string; originalValue: string }[];
}

export interface FakeIssue {
  readonly id: number;
  readonly keyId: number;
  summary: string;
  description: string;
  statusId: number;
  createdBy: Person;
  assignee: Person | null;
  readonly created: string;
  updated: string;
  comments: FakeComment[];
}

interface FakeWiki {
  readonly id: number;
  name: string;
  content: string;
  readonly created: string;
  updated: string;
}

export interface FakeBacklogProject {
  readonly id: number;
  readonly projectKey: string;
  readonly name: string;
  issues: FakeIssue[];
  wikis: FakeWiki[];
}

export interface FakeBacklogOptions {
  readonly issues?: number;
  readonly seed?: number;
}

const begin = Date.parse('2026-01-05T08:00:00.000Z');
const statuses = ['', 'Open', 'In Progress', 'Resolved', 'Closed'];

/** A Backlog space with two projects. */
export class FakeBacklog extends FakePlatform {
  readonly apiKey = 'fake-api-key';
  readonly projects: FakeBacklogProject[] = [];
  private readonly writer: Writer;
  private time = begin;
  private count = 1000;

  constructor({ issues = 0, seed = 3 }: FakeBacklogOptions = {}) {
    super();
    this.writer = new Writer(seed);
    this.projects.push({ id: 1, projectKey: 'WEB', name: 'Web shop', issues: [], wikis: [] });
    this.projects.push({ id: 2, projectKey: 'OPS', name: '物流', issues: [], wikis: [] });
    for (const project of this.projects) this.addWiki(project.projectKey, 'Home');
    for (let index = 0; index < issues; index += 1) this.add(this.writer.pick(this.projects).projectKey);
  }

  project(key: string): FakeBacklogProject {
    return this.projects.find(({ projectKey }) => projectKey === key)!;
  }

  add(key: string, change: Partial<FakeIssue> = {}): FakeIssue {
    const { writer } = this;
    const { issues } = this.project(key);
    const created = this.nextTime();
    const issue: FakeIssue = {
      id: (this.count += 1),
      keyId: issues.length + 1,
      summary: writer.title(),
      description: writer.report(),
      statusId: 1 + writer.below(4),
      createdBy: writer.person(),
      assignee: writer.below(2) === 0 ? writer.person() : null,
      created,
      updated: created,
      comments: [],
      ...change,
    };
    issues.push(issue);
    if (writer.below(3) === 0) issue.comments.push(this.newComment(writer.paragraph()));
    if (writer.below(6) === 0) issue.comments.push(this.newComment(null));
    return issue;
  }

  addWiki(key: string, name: string, content = this.writer.report()): FakeWiki {
    const time = this.nextTime();
    const wiki = { id: (this.count += 1), name, content, created: time, updated: time };
    this.project(key).wikis.push(wiki);
    return wiki;
  }

  comment(issue: FakeIssue, text: string): void {
    issue.comments.push(this.newComment(text));
    issue.updated = this.nextTime();
  }

  change(issue: FakeIssue, change: Partial<FakeIssue>): void {
    Object.assign(issue, change, { updated: this.nextTime() });
  }

  delete(key: string, issue: FakeIssue): void {
    const project = this.project(key);
    project.issues = project.issues.filter((each) => each !== issue);
  }

  /** A webhook as Backlog sends it; types are those of activities. */
  webhook(key: string, type: number, content: Record<string, unknown>, id = (this.count += 1)) {
    const { id: projectId, projectKey, name } = this.project(key);
    const body = JSON.stringify({
      id,
      type,
      project: { id: projectId, projectKey, name },
      content,
      created: this.nextTime(),
      createdUser: userOf(people[0]),
    });
    return { body, headers: { 'content-type': 'application/json; charset=UTF-8' } };
  }

  protected override respond({ path, query, headers }: PlatformRequest): PlatformAnswer {
    if (headers['backlog-api-key'] !== this.apiKey) return failed(401, 'Authentication failure.', 11);
    const route = path.replace('/api/v2/', '');
    if (route === 'space') return { body: { spaceKey: 'acme', name: 'Acme', timezone: 'Asia/Tokyo' } };
    if (route === 'users/myself') return { body: userOf(people[2]) };
    if (route === 'projects') return { body: this.projects.map(projectOf) };
    if (route === 'issues') return { body: this.issues(query) };
    if (route === 'wikis') return { body: this.wikis(query) };
    const [, kind, id = '', comments] = /^(projects|issues|wikis)\/([^/]+)(\/comments)?$/.exec(route) ?? [];
    const found = kind === undefined ? undefined : this.one(kind, id, comments !== undefined, query);
    return found === undefined
      ? failed(404, 'No such resource.', 6)
      : { headers: { 'x-ratelimit-remaining': '599' }, body: found };
  }

  private one(kind: string, id: string, comments: boolean, query: URLSearchParams): unknown {
    if (kind === 'projects') {
      const project = this.projects.find((each) => String(each.id) === id || each.projectKey === id);
      return project && projectOf(project);
    }
    const all = this.projects.flatMap((project) =>
      project[kind as 'issues' | 'wikis'].map((item) => ({ project, item })),
    );
    const found = all.find(({ item }) => String(item.id) === id);
    if (!found) return undefined;
    if (kind === 'wikis') return wikiOf(found.project, found.item as FakeWiki);
    return comments ? commentsOf(found.item as FakeIssue, query) : issueOf(found.project, found.item as FakeIssue);
  }

  private issues(query: URLSearchParams): unknown[] {
    const ids = new Set([...query].flatMap(([name, value]) => (name.startsWith('projectId') ? [value] : [])));
    const since = Date.parse(query.get('updatedSince') ?? '1970-01-01');
    const offset = Number(query.get('offset') ?? 0);
    const count = Number(query.get('count') ?? 20);
    return this.projects
      .filter(({ id }) => ids.has(String(id)))
      .flatMap((project) => project.issues.map((issue) => ({ project, issue })))
      .filter(({ issue }) => Date.parse(issue.updated) >= since)
      .toSorted((a, b) => Date.parse(a.issue.updated) - Date.parse(b.issue.updated) || a.issue.id - b.issue.id)
      .slice(offset, offset + count)
      .map(({ project, issue }) => issueOf(project, issue));
  }

  private wikis(query: URLSearchParams): unknown[] {
    const project = this.projects.find(({ id }) => String(id) === query.get('projectIdOrKey'))!;
    return project.wikis.map((wiki) => ({ ...wikiOf(project, wiki), content: undefined }));
  }

  private newComment(content: string | null): FakeComment {
    const created = this.nextTime();
    const changeLog = content === null ? [{ field: 'status', newValue: 'Closed', originalValue: 'Open' }] : [];
    return {
      id: (this.count += 1),
      content,
      createdUser: userOf(this.writer.person()),
      created,
      updated: created,
      changeLog,
    };
  }

  /** In whole seconds, as Backlog has it; often several things happen in one. */
  private nextTime(): string {
    if (this.writer.below(4) > 0) this.time += 1000 * (1 + this.writer.below(1800));
    return new Date(this.time).toISOString().replace('.000Z', 'Z');
  }
}

function failed(status: number, message: string, code: number): PlatformAnswer {
  return { status, body: { errors: [{ message, code, moreInfo: '' }] } };
}

function userOf({ id, login, name }: Person) {
  return { id, userId: login, name, roleType: 2, lang: 'ja', mailAddress: `${login}@example.com` };
}

function projectOf({ id, projectKey, name }: FakeBacklogProject) {
  return { id, projectKey, name, useWiki: true, archived: false, textFormattingRule: 'markdown' };
}

function issueOf({ id: projectId, projectKey }: FakeBacklogProject, issue: FakeIssue) {
  const { id, keyId, summary, description, statusId, createdBy, assignee, created, updated } = issue;
  return {
    id,
    projectId,
    issueKey: `${projectKey}-${keyId}`,
    keyId,
    issueType: { id: 1, projectId, name: keyId % 3 === 0 ? 'Bug' : 'Task' },
    summary,
    description,
    resolution: null,
    priority: { id: 3, name: 'Normal' },
    status: { id: statusId, projectId, name: statuses[statusId] },
    assignee: assignee && userOf(assignee),
    category: [],
    versions: [],
    milestone: [],
    dueDate: null,
    createdUser: userOf(createdBy),
    created,
    updatedUser: userOf(createdBy),
    updated,
  };
}

function wikiOf({ id: projectId }: FakeBacklogProject, wiki: FakeWiki) {
  return { ...wiki, projectId, tags: [], createdUser: userOf(people[0]), updatedUser: userOf(people[1]) };
}

/** From `minId` on, that one left out. */
function commentsOf({ comments }: FakeIssue, query: URLSearchParams): FakeComment[] {
  const after = Number(query.get('minId') ?? 0);
  return comments.filter(({ id }) => id > after).slice(0, Number(query.get('count') ?? 20));
}
