'use client';

import { useEffect, useState } from 'react';
import { formatDateTime, formatRelative } from '@/lib/format';

/** A moment as people say it, with the exact one on hover; it stays true while the page is open. */
export function Time({ at }: { at: string }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatRelative(at)}
    </time>
  );
}
