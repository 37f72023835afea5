import { createHmac, randomUUID } from 'node:crypto';
import { people, type Person, Writer } from './corpus.js';
import { FakePlatform, type PlatformAnswer, type PlatformRequest } from './fake-platform.js';

interface FakeNote {
  readonly id: number;
  body: string;
  readonly system: boolean;
  readonly internal: boolean;
  readonly author: Person;
  readonly created_at: string;
}

export interface FakeItem {
  readonly id: number;
  readonly iid: number;
  title: string;
  description: string;
  state: string;
  author: Person;
  assignees: Person[];
  labels: string[];
  milestone: { title: string } | null;
  readonly created_at: string;
  updated_at: string;
  closed_at: string | null;
  merged_at: string | null;
  confidential: boolean;
  notes: FakeNote[];
}

type ItemType = 'issues' | 'merge_requests';

export interface FakeProject {
  readonly id: number;
  readonly path: string;
  issues: FakeItem[];
  merge_requests: FakeItem[];
  wikis: { slug: string; title: string; content: string; format: string }[];
  readme: string;
}

export interface FakeGitLabOptions {
  /** Over all projects. */
  readonly issues?: number;
  readonly mergeRequests?: number;
  readonly seed?: number;
}

const begin = Date.parse('2026-01-05T08:00:00.000Z');
const labels = ['bug', 'feature', 'chore', 'team::warehouse', 'team::finance', 'team::web'] as const;

/** A GitLab with two projects full of issues and merge requests. */
export class FakeGitLab extends FakePlatform {
  readonly token = 'glpat-fake-token';
  readonly projects: FakeProject[] = [];
  private readonly writer: Writer;
  private time = begin;
  private count = 0;

  constructor({ issues = 0, mergeRequests = 0, seed = 2 }: FakeGitLabOptions = {}) {
    super();
    this.writer = new Writer(seed);
    for (const [id, path] of [
      [11, 'acme/shop'],
      [12, 'acme/warehouse'],
    ] as const) {
      const wikis = [
        { slug: 'home', title: 'Home', content: `# ${path}\n\n${this.writer.report()}`, format: 'markdown' },
      ];
      this.projects.push({
        id,
        path,
        issues: [],
        merge_requests: [],
        wikis,
        readme: `# ${path}\n\n${this.writer.paragraph()}`,
      });
    }
    for (let index = 0; index < issues; index += 1) this.add(this.writer.pick(this.projects).path, 'issues');
    for (let index = 0; index < mergeRequests; index += 1)
      this.add(this.writer.pick(this.projects).path, 'merge_requests');
  }

  project(path: string): FakeProject {
    return this.projects.find((project) => project.path === path)!;
  }

  add(path: string, type: ItemType = 'issues', change: Partial<FakeItem> = {}): FakeItem {
    const { writer } = this;
    const items = this.project(path)[type];
    const createdAt = this.nextTime();
    const isClosed = writer.below(2) === 0;
    const item: FakeItem = {
      id: (this.count += 1),
      iid: items.length + 1,
      title: writer.title(),
      description: writer.report(),
      state: isClosed ? (type === 'issues' ? 'closed' : 'merged') : 'opened',
      author: writer.person(),
      assignees: writer.below(2) === 0 ? [writer.person()] : [],
      labels: [writer.pick(labels)],
      milestone: writer.below(3) === 0 ? { title: `v${1 + writer.below(4)}.0` } : null,
      created_at: createdAt,
      updated_at: createdAt,
      closed_at: isClosed && type === 'issues' ? createdAt : null,
      merged_at: isClosed && type === 'merge_requests' ? createdAt : null,
      confidential: false,
      notes: [],
      ...change,
    };
    const notes = writer.below(5) === 0 ? 1 + writer.below(4) : 0;
    for (let note = 0; note < notes; note += 1) item.notes.push(this.newNote(writer.sentence(), writer.person()));
    items.push(item);
    return item;
  }

  /** A comment, as a person writes it; the item counts as changed. */
  comment(item: FakeItem, text: string, { system = false, internal = false } = {}): void {
    item.notes.push({ ...this.newNote(text, people[0]), system, internal });
    item.updated_at = this.nextTime();
  }

  change(item: FakeItem, change: Partial<FakeItem>): void {
    Object.assign(item, change, { updated_at: this.nextTime() });
  }

  delete(path: string, item: FakeItem, type: ItemType = 'issues'): void {
    const project = this.project(path);
    project[type] = project[type].filter((each) => each !== item);
  }

  /** A webhook with a secret token, or signed when the secret is a signing token. */
  webhook(secret: string, event: object, { id = randomUUID(), at = new Date() }: { id?: string; at?: Date } = {}) {
    const body = JSON.stringify(event);
    const common = {
      'content-type': 'application/json',
      'x-gitlab-event': 'Issue Hook',
      'x-gitlab-event-uuid': id,
      'idempotency-key': id,
    };
    if (!secret.startsWith('whsec_')) return { body, headers: { ...common, 'x-gitlab-token': secret } };
    const time = String(Math.floor(at.getTime() / 1000));
    const key = Buffer.from(secret.slice(6), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
    return {
      body,
      headers: { ...common, 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` },
    };
  }

  protected override respond({ path, query, headers }: PlatformRequest): PlatformAnswer {
    const token = headers['private-token'];
    if (token !== this.token) return { status: 401, body: { message: '401 Unauthorized' } };
    const route = path.replace('/api/v4/', '');
    if (route === 'user') return { body: { id: 99, username: 'tabletalk-bot', name: 'Tabletalk' } };
    if (route === 'projects')
      return this.listed(
        this.projects.map((project) => this.projectBody(project)),
        query,
      );
    const [, idOrPath = '', rest = ''] = /^projects\/([^/]+)(?:\/(.*))?$/.exec(route) ?? [];
    const named = decodeURIComponent(idOrPath);
    const project = this.projects.find(({ id, path: full }) => String(id) === named || full === named);
    const answer = project && this.ofProject(project, rest, query);
    return answer ?? { status: 404, body: { message: '404 Not found' } };
  }

  private ofProject(project: FakeProject, rest: string, query: URLSearchParams): PlatformAnswer | undefined {
    if (rest === '') return { body: this.projectBody(project) };
    if (rest === 'wikis') return { body: project.wikis };
    const slug = /^wikis\/(.+)$/.exec(rest)?.[1];
    if (slug !== undefined) {
      const wiki = project.wikis.find((each) => each.slug === decodeURIComponent(slug));
      return wiki && { body: wiki };
    }
    if (rest.startsWith('repository/files/'))
      return {
        body: {
          file_path: 'README.md',
          content: Buffer.from(project.readme).toString('base64'),
          encoding: 'base64',
          last_commit_id: 'abc123',
        },
      };
    if (rest.startsWith('repository/commits/'))
      return {
        body: {
          id: 'abc123',
          author_name: 'Grace Hopper',
          committed_date: '2026-01-04T10:00:00.000+00:00',
          created_at: '2026-01-04T10:00:00.000+00:00',
        },
      };
    const [, type, iid, notes] = /^(issues|merge_requests)(?:\/(\d+)(\/notes)?)?$/.exec(rest) ?? [];
    if (type === undefined) return undefined;
    const items = project[type as ItemType];
    if (iid === undefined) return this.items(project, type as ItemType, query);
    const item = items.find((each) => String(each.iid) === iid);
    if (!item) return undefined;
    if (notes === undefined) return { body: this.itemBody(project, type as ItemType, item) };
    return this.listed(
      item.notes.map((note) => ({ ...note, author: userOf(note.author), updated_at: note.created_at })),
      query,
    );
  }

  private items(project: FakeProject, type: ItemType, query: URLSearchParams): PlatformAnswer {
    const after = Date.parse(query.get('updated_after') ?? '1970-01-01');
    const found = project[type]
      .filter(({ updated_at: time }) => Date.parse(time) >= after)
      .toSorted((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at) || a.id - b.id);
    return this.listed(
      found.map((item) => this.itemBody(project, type, item)),
      query,
    );
  }

  private listed(items: readonly unknown[], query: URLSearchParams): PlatformAnswer {
    const perPage = Number(query.get('per_page') ?? 20);
    const page = Number(query.get('page') ?? 1);
    const hasMore = items.length > page * perPage;
    const next = new URLSearchParams(query);
    next.set('page', String(page + 1));
    return {
      headers: {
        'x-page': String(page),
        'x-per-page': String(perPage),
        'x-next-page': hasMore ? String(page + 1) : '',
        'x-total': String(items.length),
        'ratelimit-limit': '2000',
        'ratelimit-remaining': '1999',
        ...(hasMore && { link: `<${this.address}/api/v4/next?${next.toString()}>; rel="next"` }),
      },
      body: items.slice((page - 1) * perPage, page * perPage),
    };
  }

  private projectBody({ id, path }: FakeProject) {
    const url = `${this.address}/${path}`;
    return {
      id,
      name: path.split('/')[1],
      path_with_namespace: path,
      web_url: url,
      created_at: '2025-12-01T09:00:00.000Z',
      default_branch: 'main',
      readme_url: `${url}/-/blob/main/README.md`,
      archived: false,
    };
  }

  private itemBody(project: FakeProject, type: ItemType, { notes, ...item }: FakeItem) {
    return {
      ...item,
      project_id: project.id,
      author: userOf(item.author),
      assignees: item.assignees.map(userOf),
      user_notes_count: notes.filter(({ system }) => !system).length,
      due_date: null,
      weight: null,
      issue_type: 'issue',
      ...(type === 'merge_requests' && { draft: false, source_branch: `fix-${item.iid}`, target_branch: 'main' }),
      web_url: `${this.address}/${project.path}/-/${type}/${item.iid}`,
    };
  }

  private newNote(body: string, author: Person): FakeNote {
    return { id: (this.count += 1), body, system: false, internal: false, author, created_at: this.nextTime() };
  }

  /** Now and then two things happen in the same millisecond. */
  private nextTime(): string {
    if (this.writer.below(20) > 0) this.time += 1000 * (1 + this.writer.below(900));
    return new Date(this.time).toISOString();
  }
}

function userOf({ id, login, name }: Person) {
  return { id, username: login, name, state: 'active' };
}
