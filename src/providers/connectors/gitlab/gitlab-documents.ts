import { isoTime, joined } from '../document-text.js';
import type { SourceDocument } from '../source-document.js';
import type { GitLabItem, GitLabNote, GitLabProject, GitLabReadme, GitLabWiki, ItemType } from './gitlab-api.js';

export function itemId(projectId: number, type: ItemType, iid: number): string {
  return `${projectId}/${type}/${iid}`;
}

export function wikiId(projectId: number, slug: string): string {
  return `${projectId}/wiki/${slug}`.slice(0, 500);
}

/** An issue or a merge request with what people said about it. Lines that GitLab itself wrote are left out. */
export function itemDocument(
  project: GitLabProject,
  type: ItemType,
  item: GitLabItem,
  notes: readonly GitLabNote[],
): SourceDocument {
  const said = notes.filter(({ system, internal, confidential }) => !system && !internal && !confidential);
  const author = item.author?.name ?? item.author?.username;
  return {
    externalId: itemId(project.id, type, item.iid),
    kind: type === 'issues' ? 'issue' : 'merge_request',
    title: item.title,
    ...joined(
      item.description?.trim() ?? '',
      said.map((note) => ({
        text: note.body.trim(),
        author: note.author.name,
        createdAt: isoTime(note.created_at),
        url: `${item.web_url}#note_${note.id}`,
      })),
    ),
    ...(author !== undefined && { author }),
    url: item.web_url,
    createdAt: isoTime(item.created_at),
    updatedAt: isoTime(item.updated_at),
    container: project.path,
    metadata: {
      number: item.iid,
      state: item.state,
      type: item.issue_type ?? (type === 'issues' ? 'issue' : 'merge_request'),
      labels: (item.labels ?? []).map(String),
      milestone: item.milestone?.title ?? null,
      assignees: (item.assignees ?? []).map(({ name = '' }) => name),
      closed_at: optionalTime(item.closed_at),
      merged_at: optionalTime(item.merged_at),
      due_date: item.due_date ?? null,
      weight: item.weight ?? null,
      comments: said.length,
      ...(type === 'merge_requests' && {
        draft: item.draft ?? false,
        source_branch: item.source_branch,
        target_branch: item.target_branch,
      }),
    },
  };
}

/** GitLab does not say when a page of a wiki was written: it has the project’s time. */
export function wikiDocument(project: GitLabProject, { slug, title, content, format }: GitLabWiki): SourceDocument {
  return {
    externalId: wikiId(project.id, slug),
    kind: 'wiki',
    title,
    text: content,
    url: `${project.url}/-/wikis/${slug.split('/').map(encodeURIComponent).join('/')}`,
    createdAt: isoTime(project.createdAt),
    updatedAt: isoTime(project.createdAt),
    container: project.path,
    metadata: { slug, format },
  };
}

export function readmeDocument(project: GitLabProject, readme: GitLabReadme): SourceDocument {
  return {
    externalId: `${project.id}/readme`,
    kind: 'readme',
    title: `${project.path}: ${readme.path}`,
    text: readme.text,
    ...(readme.author !== undefined && { author: readme.author }),
    url: project.readmeUrl!,
    createdAt: isoTime(readme.updatedAt),
    updatedAt: isoTime(readme.updatedAt),
    container: project.path,
    metadata: { path: readme.path },
  };
}

function optionalTime(time: string | null | undefined): string | null {
  return time ? isoTime(time) : null;
}
