'use client';

import { ProblemNote } from '@/components/ui/problem-note';

/** A fault of the page itself. The rest of the product stays in reach. */
export default function PageFailed({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <div className="mx-auto max-w-2xl p-6">
      <ProblemNote error={error} onRetry={reset} />
    </div>
  );
}
