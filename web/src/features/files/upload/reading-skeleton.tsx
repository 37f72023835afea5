import { Skeleton } from '@/components/ui/skeleton';

/** Of the size of what comes. */
export function ReadingSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-13 w-full" />
        <Skeleton className="h-[28rem] w-full" />
      </div>
      <Skeleton className="h-[30rem] w-full" />
    </div>
  );
}
