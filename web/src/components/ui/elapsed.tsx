'use client';

import { useEffect, useState } from 'react';
import { formatDuration } from '@/lib/format';

/** Time since a moment, ten times a second. */
export function Elapsed({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  // Clocks of the service and the browser may differ a little.
  return <span className="tabular-nums">{formatDuration(Math.max(0, now - Date.parse(since)))}</span>;
}
