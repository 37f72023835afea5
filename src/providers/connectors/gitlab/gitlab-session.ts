import { batches } from '../../../platform/batches.js';
import type { ConnectionReport, ConnectorChange, ConnectorSession, SyncPage, SyncRequest } from '../connector.js';
import { isoTime } from '../document-text.js';
import { unlessGone } from '../errors.js';
import { beginWalk, cursorOf, endOfWalk, type WalkState } from '../project-walk.js';
import type { SourceDocument } from '../source-document.js';
import { type Changed, isBehind, moved } from '../updated-walk.js';
import { type GitLabApi, type GitLabItem, type GitLabProject, itemsPerPage, type ItemType } from './gitlab-api.js';
import { itemDocument, itemId, readmeDocument, wikiDocument, wikiId } from './gitlab-documents.js';

export const gitLabParts = ['issues', 'merge_requests', 'wiki', 'readme'] as const;
export type GitLabPart = (typeof gitLabParts)[number];

export interface GitLabConfig {
  readonly url: string;
  /** Paths such as `group/project`, or ids; none: all that the token’s account is a member of. */
  readonly projects: readonly string[];
  readonly include: readonly GitLabPart[];
  /** Also confidential issues, which the token may see and those who search perhaps may not. */
  readonly confidential: boolean;
  readonly [member: string]: unknown;
}

export type GitLabChange = {
  readonly project: number;
  readonly part: GitLabPart;
  readonly iid?: number;
  readonly slug?: string;
};

/** Comments are asked for issue by issue: what was read is kept that often. */
const itemsPerStep = 25;
const nothing = { documents: [], deletions: [] };

/** Reads projects one after another, and in each the items in the order in which they were changed. */
export class GitLabSession implements ConnectorSession {
  private readonly projectsById = new Map<number, GitLabProject | undefined>();

  constructor(
    private readonly config: GitLabConfig,
    private readonly api: GitLabApi,
  ) {}

  async test(): Promise<ConnectionReport> {
    const account = await this.api.account();
    const containers =
      this.config.projects.length === 0
        ? (await this.api.projects()).map(({ path }) => ({ name: path, readable: true }))
        : await Promise.all(this.config.projects.map((project) => this.testProject(project)));
    const warnings = containers.some(({ readable }) => readable) ? [] : ['There is no project to read.'];
    return { account, containers, warnings };
  }

  async *sync({ mode, cursor }: SyncRequest): AsyncGenerator<SyncPage, void, void> {
    const { state, at } = beginWalk<GitLabPart>(mode, cursor);
    const projects = (await this.projects()).filter(({ id }) => at === undefined || id >= at.project);
    for (const project of projects) {
      const first = at?.project === project.id ? gitLabParts.indexOf(at.part) : 0;
      for (const part of gitLabParts.slice(first)) {
        if (!this.config.include.includes(part)) continue;
        if (part === 'issues' || part === 'merge_requests') yield* this.items(project, part, state);
        else yield this.page(project, part, state, await this.whole(project, part), part);
      }
    }
    yield { ...nothing, cursor: endOfWalk(state), done: true, progress: 'everything is read' };
  }

  async refresh(changes: readonly ConnectorChange[]): Promise<Pick<SyncPage, 'documents' | 'deletions'>> {
    const documents: SourceDocument[] = [];
    const deletions: string[] = [];
    const distinct = new Map(changes.map((change) => [JSON.stringify(change), change as unknown as GitLabChange]));
    for (const change of distinct.values()) {
      const project = await this.wanted(change.project);
      const read = await unlessGone(() => this.readAgain(project, change));
      documents.push(...(read ?? []));
      if (!read || read.length === 0) deletions.push(idOf(change));
    }
    return { documents, deletions };
  }

  private async *items(project: GitLabProject, part: ItemType, state: WalkState): AsyncGenerator<SyncPage, void, void> {
    const positions = (state.next[project.id] ??= {});
    let position = positions[part] ?? state.since[project.id]?.[part] ?? {};
    for (let page = 1; ;) {
      const all = (await unlessGone(() => this.api.items(part, project.id, position.after, page))) ?? [];
      const fresh = all.filter((item) => isBehind(position, changed(item)));
      const before = position.after;
      for (const some of batches(fresh, itemsPerStep)) {
        const content = await this.read(project, part, some);
        position = moved(position, some.map(changed));
        positions[part] = position;
        yield this.page(
          project,
          part,
          state,
          content,
          `${part.replace('_', ' ')} up to ${position.after?.slice(0, 10)}`,
        );
      }
      positions[part] = position;
      if (all.length < itemsPerPage) return;
      page = position.after === before ? page + 1 : 1;
    }
  }

  private page(project: GitLabProject, part: GitLabPart, state: WalkState, content: Content, what: string): SyncPage {
    return {
      ...content,
      cursor: cursorOf(state, { project: project.id, part }),
      done: false,
      progress: `${project.path}: ${what}`,
    };
  }

  private async read(project: GitLabProject, part: ItemType, items: readonly GitLabItem[]): Promise<Content> {
    const documents: SourceDocument[] = [];
    const deletions: string[] = [];
    for (const item of items) {
      if (this.isHidden(item)) deletions.push(itemId(project.id, part, item.iid));
      else documents.push(await this.document(project, part, item));
    }
    return { documents, deletions };
  }

  private async document(project: GitLabProject, part: ItemType, item: GitLabItem): Promise<SourceDocument> {
    const hasNotes = (item.user_notes_count ?? 1) > 0;
    const notes = hasNotes ? await unlessGone(() => this.api.notes(part, project.id, item.iid)) : [];
    return itemDocument(project, part, item, notes ?? []);
  }

  /** What is read at once, for GitLab does not say what of it was changed. */
  private async whole(project: GitLabProject, part: GitLabPart): Promise<Content> {
    const documents = await unlessGone(() => this.readAgain(project, { project: project.id, part }));
    return { documents: documents ?? [], deletions: [] };
  }

  private async readAgain(
    project: GitLabProject | undefined,
    { part, iid, slug }: GitLabChange,
  ): Promise<SourceDocument[]> {
    if (project === undefined || !this.config.include.includes(part)) return [];
    if (part === 'readme') {
      const readme = await this.api.readme(project);
      return readme ? [readmeDocument(project, readme)] : [];
    }
    if (part === 'wiki') {
      const pages = slug === undefined ? await this.api.wikis(project.id) : [await this.api.wiki(project.id, slug)];
      return pages.map((page) => wikiDocument(project, page));
    }
    const item = await this.api.item(part, project.id, iid!);
    return this.isHidden(item) ? [] : [await this.document(project, part, item)];
  }

  private isHidden({ confidential = false }: GitLabItem): boolean {
    return confidential && !this.config.confidential;
  }

  /** Always in the same order. */
  private async projects(): Promise<GitLabProject[]> {
    const { projects: names } = this.config;
    if (names.length === 0) return (await this.api.projects()).sort((a, b) => a.id - b.id);
    const found: GitLabProject[] = [];
    for (const name of names) {
      const project = await unlessGone(() => this.api.project(name));
      if (project) found.push(project);
    }
    return found.sort((a, b) => a.id - b.id);
  }

  private async wanted(id: number): Promise<GitLabProject | undefined> {
    if (!this.projectsById.has(id)) {
      const project = await unlessGone(() => this.api.project(id));
      const { projects: names } = this.config;
      const isWanted = project && (names.length === 0 || names.includes(project.path) || names.includes(String(id)));
      this.projectsById.set(id, isWanted ? project : undefined);
    }
    return this.projectsById.get(id);
  }

  private async testProject(name: string): Promise<ConnectionReport['containers'][number]> {
    const project = await unlessGone(() => this.api.project(name));
    if (project) return { name: project.path, readable: true };
    return { name, readable: false, detail: 'There is no such project, or the token’s account is no member of it.' };
  }
}

type Content = Pick<SyncPage, 'documents' | 'deletions'>;

function changed({ id, updated_at: time }: GitLabItem): Changed {
  return { id, time: isoTime(time) };
}

function idOf({ project, part, iid, slug }: GitLabChange): string {
  if (part === 'readme') return `${project}/readme`;
  return part === 'wiki' ? wikiId(project, slug ?? '') : itemId(project, part, iid!);
}
