'use client';

import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { asProblem } from '@/lib/api/problem';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { fetchSample } from './sample';

/** Brings the sample data set: when told to, and at once when the page's address asks for it. */
export function useSample(onFiles: ((files: readonly File[]) => void) | undefined): {
  readonly busy: boolean;
  readonly bring: () => void;
} {
  const [asked, setAsked] = useSearchParameter('sample');
  const [busy, setBusy] = useState(false);
  const begun = useRef(false);
  const bring = () => {
    setBusy(true);
    fetchSample()
      .then((file) => onFiles?.([file]))
      .catch((error: unknown) => {
        setBusy(false);
        toast.error(asProblem(error).title, { description: asProblem(error).message });
      });
  };
  useEffect(() => {
    if (asked === '' || !onFiles || begun.current) return;
    begun.current = true;
    setAsked('');
    bring();
  });
  return { busy, bring };
}
