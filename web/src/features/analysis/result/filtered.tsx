'use client';

import { SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { SearchField } from '@/components/ui/search-field';
import { formatCount } from '@/lib/format';

const pageSize = 40;

/** A long list that can be narrowed by words; the rest comes when asked for, or when the address names something of it. */
export function Filtered<Item>({
  items,
  named,
  label,
  textOf,
  children,
}: {
  items: readonly Item[];
  /** Index of what must be shown. */
  named: number;
  label: string;
  textOf: (item: Item) => string;
  children: (item: Item) => ReactNode;
}) {
  const [sought, setSought] = useState('');
  const [pages, setPages] = useState(1);
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter((item) => {
    const text = textOf(item).toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const shown = found.slice(0, Math.max(pages * pageSize, words.length === 0 ? named + 1 : 0));
  return (
    <>
      <div className="flex items-center gap-3">
        <SearchField value={sought} onChange={setSought} label={label} className="w-full max-w-64" />
        <span role="status" className="text-[13px] text-muted-foreground">
          {words.length > 0 && formatCount(found.length, 'match', 'matches')}
        </span>
      </div>
      {found.length === 0 && (
        <EmptyState icon={SearchX} title="Nothing has these words">
          Try fewer of them.
        </EmptyState>
      )}
      {shown.map(children)}
      {shown.length < found.length && (
        <Button className="self-center" onClick={() => setPages(Math.ceil(shown.length / pageSize) + 1)}>
          Show more
        </Button>
      )}
    </>
  );
}
