import { isoTime, joined } from '../document-text.js';
import type { SourceDocument } from '../source-document.js';
import type { BacklogComment, BacklogIssue, BacklogProject, BacklogWiki } from './backlog-api.js';

export function issueId(projectId: number, id: number): string {
  return `${projectId}/issues/${id}`;
}

export function wikiId(projectId: number, id: number): string {
  return `${projectId}/wikis/${id}`;
}

/** An issue with what people said about it. Comments that only tell of changed fields have no words. */
export function issueDocument(
  origin: string,
  project: BacklogProject,
  issue: BacklogIssue,
  comments: readonly BacklogComment[],
): SourceDocument {
  const url = `${origin}/view/${issue.issueKey}`;
  const said = comments.filter(({ content }) => Boolean(content?.trim()));
  return {
    externalId: issueId(project.id, issue.id),
    kind: 'issue',
    title: issue.summary,
    ...joined(
      issue.description?.trim() ?? '',
      said.map(({ id, content, createdUser, created }) => ({
        text: content.trim(),
        author: createdUser.name,
        createdAt: isoTime(created),
        url: `${url}#comment-${id}`,
      })),
    ),
    author: issue.createdUser.name,
    url,
    createdAt: isoTime(issue.created),
    updatedAt: isoTime(issue.updated),
    container: `${project.name} (${project.projectKey})`,
    metadata: {
      number: issue.issueKey,
      state: issue.status.name,
      type: issue.issueType.name,
      priority: issue.priority.name,
      resolution: issue.resolution?.name ?? null,
      labels: issue.category.map(({ name }) => name),
      milestone: issue.milestone.map(({ name }) => name).join(', ') || null,
      assignees: issue.assignee ? [issue.assignee.name] : [],
      due_date: issue.dueDate?.slice(0, 10) ?? null,
      estimated_hours: issue.estimatedHours ?? null,
      actual_hours: issue.actualHours ?? null,
      closed_at: isClosed(issue) ? closedAt(comments, issue) : null,
      comments: said.length,
    },
  };
}

export function wikiDocument(origin: string, project: BacklogProject, wiki: BacklogWiki): SourceDocument {
  return {
    externalId: wikiId(project.id, wiki.id),
    kind: 'wiki',
    title: wiki.name,
    text: wiki.content,
    author: wiki.updatedUser?.name ?? wiki.createdUser.name,
    url: `${origin}/alias/wiki/${wiki.id}`,
    createdAt: isoTime(wiki.created),
    updatedAt: isoTime(wiki.updated),
    container: `${project.name} (${project.projectKey})`,
    metadata: { wiki_id: wiki.id, tags: wiki.tags.map(({ name }) => name) },
  };
}

/** In every project the status with this id is the one at which issues end, whatever it is called. */
const closedStatusId = 4;

function isClosed({ status }: BacklogIssue): boolean {
  return status.id === closedStatusId;
}

/** Backlog keeps no such time, but who closed an issue left a line in its history. */
function closedAt(comments: readonly BacklogComment[], { status, updated }: BacklogIssue): string {
  const closing = comments.findLast(({ changeLog }) =>
    (changeLog ?? []).some(({ field, newValue }) => field === 'status' && newValue === status.name),
  );
  return isoTime(closing?.created ?? updated);
}
