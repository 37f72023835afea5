import type { ReactNode } from 'react';

/** What is known of one thing, as a list of terms. */
export function Details({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-2.5 text-sm">{children}</dl>;
}

/** One of them; left out when it is not known. */
export function Detail({ term, children }: { term: string; children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === '') return null;
  return (
    <div className="contents">
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

/** SQL, JSON and other texts whose lines matter. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    // Scrolls, and can therefore take focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className="scrollbar-thin max-h-80 overflow-auto rounded-md border bg-muted p-3 font-mono text-[13px] leading-relaxed whitespace-pre-wrap"
    >
      {children}
    </pre>
  );
}
