import { batches } from '../../../platform/batches.js';
import type { ConnectionReport, ConnectorChange, ConnectorSession, SyncPage, SyncRequest } from '../connector.js';
import { isoTime } from '../document-text.js';
import { unlessGone } from '../errors.js';
import { beginWalk, cursorOf, endOfWalk, type WalkState } from '../project-walk.js';
import type { SourceDocument } from '../source-document.js';
import { type Changed, isBehind, moved, type WalkPosition } from '../updated-walk.js';
import {
  type BacklogApi,
  type BacklogIssue,
  type BacklogProject,
  type BacklogWikiEntry,
  issuesPerPage,
} from './backlog-api.js';
import { issueDocument, issueId, wikiDocument, wikiId } from './backlog-documents.js';

export const backlogParts = ['issues', 'wikis'] as const;
export type BacklogPart = (typeof backlogParts)[number];

export interface BacklogConfig {
  readonly url: string;
  /** Keys such as `WEB`; none: all that the key’s account takes part in. */
  readonly projects: readonly string[];
  readonly include: readonly BacklogPart[];
  readonly [member: string]: unknown;
}

export type BacklogChange = {
  readonly project: number;
  readonly part: BacklogPart;
  readonly id: number;
};

/** Comments are asked for issue by issue: what was read is kept that often. */
const itemsPerStep = 25;
const dayMs = 86_400_000;
const nothing = { documents: [], deletions: [] };

/** Reads projects one after another, and in each the items in the order in which they were changed. */
export class BacklogSession implements ConnectorSession {
  private readonly projectsById = new Map<number, BacklogProject | undefined>();

  constructor(
    private readonly config: BacklogConfig,
    private readonly api: BacklogApi,
  ) {}

  async test(): Promise<ConnectionReport> {
    const account = await this.api.account();
    const { projects: keys } = this.config;
    const containers =
      keys.length === 0
        ? (await this.api.projects()).map((project) => ({ name: nameOf(project), readable: true }))
        : await Promise.all(keys.map((key) => this.testProject(key)));
    const warnings = containers.some(({ readable }) => readable) ? [] : ['There is no project to read.'];
    return { account, containers, warnings };
  }

  async *sync({ mode, cursor }: SyncRequest): AsyncGenerator<SyncPage, void, void> {
    const { state, at } = beginWalk<BacklogPart>(mode, cursor);
    const projects = (await this.projects()).filter(({ id }) => at === undefined || id >= at.project);
    for (const project of projects) {
      const first = at?.project === project.id ? backlogParts.indexOf(at.part) : 0;
      for (const part of backlogParts.slice(first)) {
        if (this.config.include.includes(part)) yield* this[part](project, state);
      }
    }
    yield { ...nothing, cursor: endOfWalk(state), done: true, progress: 'everything is read' };
  }

  async refresh(changes: readonly ConnectorChange[]): Promise<Pick<SyncPage, 'documents' | 'deletions'>> {
    const documents: SourceDocument[] = [];
    const deletions: string[] = [];
    const distinct = new Map(changes.map((change) => [JSON.stringify(change), change as unknown as BacklogChange]));
    for (const { project: projectId, part, id } of distinct.values()) {
      const project = await this.wanted(projectId);
      const isRead = project !== undefined && this.config.include.includes(part);
      const document = isRead ? await unlessGone(() => this.readAgain(project, part, id)) : undefined;
      if (document) documents.push(document);
      else deletions.push(part === 'issues' ? issueId(projectId, id) : wikiId(projectId, id));
    }
    return { documents, deletions };
  }

  private async *issues(project: BacklogProject, state: WalkState): AsyncGenerator<SyncPage, void, void> {
    const positions = (state.next[project.id] ??= {});
    let position = positions.issues ?? state.since[project.id]?.issues ?? {};
    const since = position.after;
    for (let offset = 0; ;) {
      const all = (await unlessGone(() => this.api.issues(project.id, { since: dayBefore(since), offset }))) ?? [];
      if (offset > 0 && isGap(position, all)) {
        // Issues that were changed meanwhile have moved to the end, and others up to here: look there again.
        offset = Math.max(0, offset - issuesPerPage);
        continue;
      }
      const fresh = all.filter((issue) => isBehind(position, changed(issue)));
      for (const some of batches(fresh, itemsPerStep)) {
        const documents: SourceDocument[] = [];
        for (const issue of some) documents.push(await this.document(project, issue));
        position = moved(position, some.map(changed));
        positions.issues = position;
        yield page(project, 'issues', state, documents, `issues up to ${position.after?.slice(0, 10)}`);
      }
      positions.issues = position;
      if (all.length < issuesPerPage) return;
      // One issue is read again: were it another one, something was left out.
      offset += all.length - 1;
    }
  }

  private async *wikis(project: BacklogProject, state: WalkState): AsyncGenerator<SyncPage, void, void> {
    const positions = (state.next[project.id] ??= {});
    let position = positions.wikis ?? state.since[project.id]?.wikis ?? {};
    const all = (await unlessGone(() => this.api.wikis(project.id))) ?? [];
    const fresh = all
      .toSorted((a, b) => Date.parse(a.updated) - Date.parse(b.updated) || a.id - b.id)
      .filter((wiki) => isBehind(position, changed(wiki)));
    for (const some of batches(fresh, itemsPerStep)) {
      const documents: SourceDocument[] = [];
      for (const { id } of some) {
        const wiki = await unlessGone(() => this.api.wiki(id));
        if (wiki) documents.push(wikiDocument(this.config.url, project, wiki));
      }
      position = moved(position, some.map(changed));
      positions.wikis = position;
      yield page(project, 'wikis', state, documents, `wiki up to ${position.after?.slice(0, 10)}`);
    }
    positions.wikis = position;
  }

  private async document(project: BacklogProject, issue: BacklogIssue): Promise<SourceDocument> {
    const comments = await unlessGone(() => this.api.comments(issue.id));
    return issueDocument(this.config.url, project, issue, comments ?? []);
  }

  private async readAgain(project: BacklogProject, part: BacklogPart, id: number): Promise<SourceDocument> {
    if (part === 'wikis') return wikiDocument(this.config.url, project, await this.api.wiki(id));
    return this.document(project, await this.api.issue(id));
  }

  /** Always in the same order. */
  private async projects(): Promise<BacklogProject[]> {
    const { projects: keys } = this.config;
    if (keys.length === 0) return (await this.api.projects()).sort((a, b) => a.id - b.id);
    const found: BacklogProject[] = [];
    for (const key of keys) {
      const project = await unlessGone(() => this.api.project(key));
      if (project) found.push(project);
    }
    return found.sort((a, b) => a.id - b.id);
  }

  private async wanted(id: number): Promise<BacklogProject | undefined> {
    if (!this.projectsById.has(id)) {
      const project = await unlessGone(() => this.api.project(id));
      const { projects: keys } = this.config;
      const isWanted = project && (keys.length === 0 || keys.includes(project.projectKey));
      this.projectsById.set(id, isWanted ? project : undefined);
    }
    return this.projectsById.get(id);
  }

  private async testProject(key: string): Promise<ConnectionReport['containers'][number]> {
    const project = await unlessGone(() => this.api.project(key));
    if (project) return { name: nameOf(project), readable: true };
    return {
      name: key,
      readable: false,
      detail: 'There is no such project, or the key’s account takes no part in it.',
    };
  }
}

function page(
  project: BacklogProject,
  part: BacklogPart,
  state: WalkState,
  documents: readonly SourceDocument[],
  what: string,
): SyncPage {
  return {
    documents,
    deletions: [],
    cursor: cursorOf(state, { project: project.id, part }),
    done: false,
    progress: `${nameOf(project)}: ${what}`,
  };
}

/** Whether the list goes on later than where it was left: something moved out of what lies before. */
function isGap(position: WalkPosition, [first]: readonly BacklogIssue[]): boolean {
  return first !== undefined && isBehind(position, changed(first));
}

/** Backlog counts in days, in the time zone of the space. */
function dayBefore(time: string | undefined): string | undefined {
  return time === undefined ? undefined : new Date(Date.parse(time) - dayMs).toISOString().slice(0, 10);
}

function changed({ id, updated }: BacklogIssue | BacklogWikiEntry): Changed {
  return { id, time: isoTime(updated) };
}

function nameOf({ name, projectKey }: BacklogProject): string {
  return `${name} (${projectKey})`;
}
