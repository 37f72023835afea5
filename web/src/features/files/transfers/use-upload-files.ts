'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { paths } from '@/lib/paths';
import { transfers } from './transfers';
import { useTransferOwner, useTransfers } from './use-transfers';

/**
 * Sends files. A single one leads to its preview as soon as it is complete, if the page that sent it is still open;
 * several stay in the list.
 */
export function useUploadFiles(): ((files: readonly File[]) => void) | undefined {
  const owner = useTransferOwner();
  const router = useRouter();
  const list = useTransfers();
  const awaited = useRef<string>(undefined);
  useEffect(() => {
    const done = list.find(({ key, state }) => key === awaited.current && state === 'done');
    if (!done?.uploadId) return;
    awaited.current = undefined;
    transfers.dismiss(done.key);
    router.push(paths.upload(done.uploadId));
  }, [list, router]);
  if (!owner) return undefined;
  return (files) => {
    const keys = transfers.add(files, owner);
    awaited.current = keys.length === 1 ? keys[0] : undefined;
  };
}
