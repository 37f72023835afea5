import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CrawlPage } from '@/features/files/crawl/crawl-page';

export const metadata: Metadata = { title: 'Crawl' };

export default function CrawlRoute() {
  return (
    <Suspense>
      <CrawlPage />
    </Suspense>
  );
}
