'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Input } from '@/components/ui/input';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { api, ask } from '@/lib/api/client';
import { useSearchParameter, useTypedSearchParameter } from '@/lib/use-search-parameter';
import { useMay } from '@/lib/use-session';
import { useUploadFiles } from '../transfers/use-upload-files';
import { ChooseFiles } from '@/components/files/choose-files';
import { DatasetsList } from './datasets-list';
import { DropAnywhere } from '@/components/files/drop-anywhere';
import { FirstFiles } from './first-files';
import { UploadsList } from './uploads-list';
import { useSample } from './use-sample';
import { useUploads } from './use-uploads';

/** What came in and what was published. Files can be dropped anywhere on it. */
export function FilesPage() {
  const upload = useUploadFiles();
  const mayWrite = useMay('uploads:write');
  const uploads = useUploads();
  const any = useQuery({
    queryKey: ['datasets', 'any'],
    queryFn: () => ask(api.GET('/api/v1/datasets', { params: { query: { limit: 1 } } })),
  });
  const receive = mayWrite ? upload : undefined;
  const sample = useSample(receive);
  const isKnown = (uploads.data && any.data) || uploads.error || any.error;
  const isEmpty = uploads.data && any.data && uploads.data.pages[0]?.items.length === 0 && any.data.items.length === 0;
  const waiting =
    uploads.data?.pages.flatMap(({ items }) => items).filter(({ status }) => status === 'ready').length ?? 0;
  return (
    <Page
      title="Files"
      description="Bring CSV files, see how they are read, and publish them as data sets."
      actions={receive && isKnown && !isEmpty && <ChooseFiles onFiles={receive} />}
    >
      {receive && <DropAnywhere onFiles={receive} />}
      {isEmpty && receive ? (
        <FirstFiles onFiles={receive} sample={sample} />
      ) : isKnown ? (
        <Lists startsWith={any.data?.items.length === 0 ? 'uploads' : 'datasets'} waiting={waiting} />
      ) : (
        <SkeletonRows rows={7} />
      )}
    </Page>
  );
}

function Lists({ startsWith, waiting }: { startsWith: 'uploads' | 'datasets'; waiting: number }) {
  const [show, setShow] = useSearchParameter('show');
  const { typed, setTyped, settled } = useTypedSearchParameter('search');
  return (
    <Tabs value={show || startsWith} onValueChange={setShow}>
      <div className="mb-4 flex flex-wrap-reverse items-end justify-between gap-3">
        <TabsList>
          <TabsTrigger value="datasets">Data sets</TabsTrigger>
          <TabsTrigger value="uploads" className="flex items-center gap-2">
            Uploads {waiting > 0 && <Badge tone="warning">{waiting} to be published</Badge>}
          </TabsTrigger>
        </TabsList>
        <label className="relative w-full sm:w-64">
          <span className="sr-only">Search by name</span>
          <Search className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted-foreground" aria-hidden />
          <Input
            type="search"
            value={typed}
            placeholder="Search by name"
            className="pl-8"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      </div>
      <TabsContent value="datasets">
        <DatasetsList search={settled} />
      </TabsContent>
      <TabsContent value="uploads">
        <UploadsList search={settled} />
      </TabsContent>
    </Tabs>
  );
}
