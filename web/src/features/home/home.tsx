'use client';

import { useQuery } from '@tanstack/react-query';
import { Page } from '@/components/shell/page';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask } from '@/lib/api/client';
import { useMay, useMe } from '@/lib/use-session';
import { AskBox } from './ask-box';
import { FirstSteps } from './first-steps';
import { Recent } from './recent';

/** Where a day's work begins: ask, or go on where one was. A new workspace shows the way in instead. */
export function Home() {
  const { data: me } = useMe();
  const mayRead = useMay('tables:read');
  const mayAsk = useMay('chat:use');
  const tables = useQuery({
    queryKey: ['tables', 'recent'],
    queryFn: () => ask(api.GET('/api/v1/tables', { params: { query: { limit: 200 } } })),
    enabled: mayRead,
  });
  const firstName = me?.full_name.split(/\s+/)[0];
  const isNew = tables.isSuccess && tables.data.items.length === 0;
  return (
    <Page
      title={firstName ? `Hello, ${firstName}` : 'Hello'}
      description={isNew ? 'Three steps to the first answer.' : undefined}
    >
      {mayAsk && !isNew && <AskBox tables={tables.data?.items ?? []} />}
      {tables.isError && <ProblemNote error={tables.error} onRetry={() => void tables.refetch()} />}
      {isNew && <FirstSteps />}
      {!isNew && <Recent tables={tables.data?.items} />}
    </Page>
  );
}
