'use client';

import { type ReactNode, useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Tooltip } from '@/components/ui/tooltip';
import type { CellSource, DocumentCitation } from './answer';
import { markCells } from './cell-marks';
import { CitationLink } from './citation-link';
import { markCitations } from './citation-marks';
import { markTexts, type TextTree } from './text-tree';

const looks =
  'min-w-0 text-[15px] leading-relaxed break-words *:my-2.5 *:first:mt-0 *:last:mb-0 [&_blockquote]:border-l-2 [&_blockquote]:pl-3 [&_blockquote]:text-muted-foreground [&_code]:rounded [&_code]:bg-muted [&_code]:px-1 [&_code]:py-0.5 [&_code]:font-mono [&_code]:text-[13px] [&_h1]:text-lg [&_h1]:font-semibold [&_h2]:text-base [&_h2]:font-semibold [&_h3]:font-semibold [&_ol]:list-decimal [&_ol]:pl-6 [&_pre]:overflow-x-auto [&_pre]:rounded-lg [&_pre]:bg-muted [&_pre]:p-3 [&_pre_code]:p-0 [&_td]:border-b [&_td]:py-1.5 [&_td]:pr-6 [&_th]:border-b [&_th]:py-1.5 [&_th]:pr-6 [&_th]:text-left [&_th]:font-medium [&_th]:text-muted-foreground [&_table]:text-sm [&_table]:tabular-nums [&_ul]:list-disc [&_ul]:pl-6';

const remarkPlugins = [remarkGfm];

/**
 * An answer's Markdown. Nothing in it is live: tags are text, links show where they would lead, pictures are their
 * descriptions. Values that come from a result tell their cell, and numbers of citations lead to them.
 */
export default function AnswerText({
  content,
  cells,
  citations,
  onCite,
}: {
  content: string;
  cells: readonly CellSource[];
  citations: readonly DocumentCitation[];
  /** Shows the citation of this number. */
  onCite: (number: number) => void;
}) {
  const rehypePlugins = useMemo(() => [() => (tree: TextTree) => markAll(tree, cells, citations)], [cells, citations]);
  const components = useMemo(
    () => ({ ...inert, data: cellOf(cells), cite: citationOf(citations, onCite) }),
    [cells, citations, onCite],
  );
  return (
    <div className={looks}>
      <Markdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins} components={components}>
        {content}
      </Markdown>
    </div>
  );
}

const inert: Components = {
  a: ({ children, href }) => (
    <span>
      {children}
      {href && !sameText(children, href) && <span className="text-muted-foreground"> ({href})</span>}
    </span>
  ),
  img: ({ alt }) => <span className="text-muted-foreground">[picture: {alt ?? 'no description'}]</span>,
  input: ({ checked }) => <span>{checked ? '☑ ' : '☐ '}</span>,
  table: ({ children }) => (
    // Scrolls sideways on a phone, and can therefore take focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scrollbar-thin overflow-x-auto" tabIndex={0} role="region" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
};

function sameText(children: unknown, href: string): boolean {
  return String(children) === href;
}

function cellOf(cells: readonly CellSource[]): Components['data'] {
  return function Cell({ children, value }) {
    const cell = cells[Number(value)];
    return cell ? (
      <Tooltip content={placeOf(cell)}>
        <button
          type="button"
          className="cursor-help rounded-xs underline decoration-accent/50 decoration-dotted underline-offset-4"
        >
          {children}
        </button>
      </Tooltip>
    ) : (
      children
    );
  };
}

function citationOf(
  citations: readonly DocumentCitation[],
  onCite: (number: number) => void,
): (props: { children?: ReactNode; value?: unknown }) => ReactNode {
  return function Reference({ children, value }) {
    const citation = citations.find(({ number }) => number === Number(value));
    return citation ? <CitationLink citation={citation} onCite={onCite} /> : children;
  };
}

function placeOf({ row, column, value }: CellSource): string {
  return row === undefined ? `Number of rows: ${String(value)}` : `Row ${row + 1}, ${column}: ${String(value)}`;
}

/** Cells are told in the order in which they stand in the text. */
function markAll(tree: TextTree, cells: readonly CellSource[], citations: readonly DocumentCitation[]): void {
  let next = 0;
  markTexts(tree, 'data', (text) => {
    const marked = markCells(text, cells, next);
    next = marked.next;
    return marked.pieces;
  });
  const numbers = new Set(citations.map(({ number }) => number));
  if (numbers.size > 0) markTexts(tree, 'cite', (text) => markCitations(text, numbers));
}
