import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from './button';

/** The rest of a list that comes by pages. */
export function LoadMore({
  list,
}: {
  list: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}) {
  if (!list.hasNextPage) return null;
  return (
    <div className="flex justify-center pt-3">
      <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Show more
      </Button>
    </div>
  );
}
