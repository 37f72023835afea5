'use client';

import { Input } from '@/components/ui/input';
import { useSearchParameter } from '@/lib/use-search-parameter';

/** Two days in the page's address, both included. */
export function useTimeRange() {
  const [firstDay, setFirstDay] = useSearchParameter('from');
  const [lastDay, setLastDay] = useSearchParameter('until');
  return { firstDay, setFirstDay, lastDay, setLastDay, from: startOf(firstDay, 0), to: startOf(lastDay, 1) };
}

/** Midnight where the reader is, `days` later; empty for no day. */
function startOf(day: string, days: number): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return '';
  const midnight = new Date(`${day}T00:00:00`);
  midnight.setDate(midnight.getDate() + days);
  return Number.isNaN(midnight.getTime()) ? '' : midnight.toISOString();
}

export function TimeRange({ range }: { range: ReturnType<typeof useTimeRange> }) {
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted-foreground">
      <Input
        type="date"
        aria-label="From"
        className="w-36"
        value={range.firstDay}
        onChange={(event) => range.setFirstDay(event.target.value)}
      />
      to
      <Input
        type="date"
        aria-label="Until"
        className="w-36"
        value={range.lastDay}
        onChange={(event) => range.setLastDay(event.target.value)}
      />
    </span>
  );
}
