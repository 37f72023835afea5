import {
  BookText,
  File,
  GitPullRequest,
  type LucideIcon,
  MessageSquare,
  MessagesSquare,
  CircleDot,
  FileText,
} from 'lucide-react';
import type { Schemas } from '@/lib/api/client';

export type DocumentKind = Schemas['ListedDocument']['kind'];

export const documentKinds: Readonly<Record<DocumentKind, { label: string; many: string; icon: LucideIcon }>> = {
  message: { label: 'Message', many: 'Messages', icon: MessageSquare },
  thread: { label: 'Thread', many: 'Threads', icon: MessagesSquare },
  issue: { label: 'Issue', many: 'Issues', icon: CircleDot },
  merge_request: { label: 'Merge request', many: 'Merge requests', icon: GitPullRequest },
  wiki: { label: 'Wiki page', many: 'Wiki pages', icon: BookText },
  readme: { label: 'README', many: 'READMEs', icon: FileText },
  file: { label: 'File', many: 'Files', icon: File },
};

/** How a document is called; many have no title of their own. */
export function titleOf({
  title,
  kind,
  author,
  container,
}: Pick<Schemas['ListedDocument'], 'title' | 'kind' | 'author' | 'container'>): string {
  if (title) return title;
  const what = author ? `${documentKinds[kind].label} by ${author}` : documentKinds[kind].label;
  return container ? `${what} in ${container}` : what;
}

/** Where it comes from, in a line; what its title says already is left out. */
export function originOf(
  document: Pick<Schemas['ListedDocument'], 'title' | 'author' | 'container'> & {
    readonly source: { readonly name: string };
  },
): string {
  const { source, title, container, author } = document;
  return title ? [source.name, container, author].filter(Boolean).join(', ') : source.name;
}
