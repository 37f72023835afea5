'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { signedFetch } from '@/lib/api/client';
import { saveFile } from '@/lib/save-file';

/** Fetches what the address answers and lets the browser keep it. */
export function DownloadButton({
  path,
  query,
  fileName,
  children,
}: {
  path: string;
  query: Readonly<Record<string, string>>;
  fileName: string;
  children: string;
}) {
  const download = useMutation({
    mutationFn: async () => {
      const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
      const response = await signedFetch(`${path}?${search}`);
      saveFile(await response.blob(), fileName);
    },
  });
  return (
    <Button busy={download.isPending} onClick={() => download.mutate()}>
      {!download.isPending && <Download />} {children}
    </Button>
  );
}
