import type { DocumentCitation } from './answer';

/** How the document of a citation is called; many have no title of their own. */
export function nameOf({ title, container, source }: DocumentCitation): string {
  return title ?? (container || source);
}

/** Who wrote it, and where; without what was said before. */
export function writtenBy({ author, container, source }: DocumentCitation, said?: string): string {
  return [author, container, source].filter((each) => each && each !== said).join(', ');
}
