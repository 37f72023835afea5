import type { ReactNode } from 'react';
import type { Pages } from '@/lib/use-pages';
import { LoadMore } from './load-more';
import { ProblemNote } from './problem-note';
import { SkeletonRows } from './skeleton';

/** A list in each of its states: on its way, refused, empty, there, and there is more of it. */
export function Listing<Item>({
  list,
  empty,
  rows = 5,
  children,
}: {
  list: Pages<Item>;
  /** What stands there while the list has nothing. */
  empty: ReactNode;
  /** How many rows the placeholder has. */
  rows?: number;
  children: (items: readonly Item[]) => ReactNode;
}) {
  if (list.isPending) return <SkeletonRows rows={rows} />;
  if (list.isError && list.items.length === 0) {
    return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (list.items.length === 0) return empty;
  return (
    <div>
      {children(list.items)}
      <LoadMore list={list} />
    </div>
  );
}
