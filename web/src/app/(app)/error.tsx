'use client';

import { ProblemNote } from '@/components/ui/problem-note';
import { asProblem } from '@/lib/api/problem';

/** A fault of the page itself. The rest of the product stays in reach. */
export default function PageFailed({ error, reset }: { error: Error; reset: () => void }) {
  const { slug } = asProblem(error);
  return (
    <div className="mx-auto max-w-2xl p-6">
      <ProblemNote error={error} onRetry={slug === 'part-missing' ? () => window.location.reload() : reset} />
    </div>
  );
}
