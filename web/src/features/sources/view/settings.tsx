'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardTitle } from '@/components/ui/card';
import { ProblemNote } from '@/components/ui/problem-note';
import { Detail, Details } from '@/components/ui/details';
import { useNameOf } from '@/lib/use-members';
import { api, ask } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format';
import { useMay } from '@/lib/use-session';
import { ConnectionReport } from '../form/connection-test';
import { draftOf } from '../form/source-draft';
import { kinds, type Source } from '@/components/sources/kinds';
import { scheduleInWords } from '../schedule-words';
import { ChangeSource } from './change-source';

/** How a source is set up, and whether it still works. */
export function Settings({ source }: { source: Source }) {
  const may = useMay('sources:write');
  const [isChanging, setChanging] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <CardTitle
          actions={
            may && (
              <Button size="small" onClick={() => setChanging(true)}>
                Change
              </Button>
            )
          }
        >
          How it is set up
        </CardTitle>
        <SetUp source={source} />
      </Card>
      {may && <Connection source={source} />}
      {may && <ChangeSource source={source} open={isChanging} onOpenChange={setChanging} />}
    </div>
  );
}

function SetUp({ source }: { source: Source }) {
  const nameOf = useNameOf();
  const { kind, schedule, visibility, member_ids: ids, tables, created_by: creator, created_at: at } = source;
  const { containers, parts, token } = kinds[kind];
  const draft = draftOf(source);
  return (
    <Details>
      <Detail term="Address">{draft.url}</Detail>
      <Detail term={token}>stored, never shown</Detail>
      <Detail term="Reads">
        {draft.isPicked ? draft.containers.join(', ') : `all ${containers} that it may`}
        {kind === 'slack' && draft.privateChannels && ', private ones too'}
      </Detail>
      <Detail term="Of them">
        {kind === 'slack'
          ? draft.files
            ? 'messages, threads and the text of files'
            : 'messages and threads'
          : parts
              .filter(({ value }) => draft.parts.includes(value))
              .map(({ label }) => label)
              .join(', ') + (draft.confidential ? ', confidential ones too' : '')}
      </Detail>
      {kind === 'slack' && <Detail term="Looks back">{draft.lookBack} days</Detail>}
      <Detail term="Schedule">
        {schedule === null ? (
          'none: read when asked for, and by webhooks'
        ) : (
          <>
            {scheduleInWords(schedule) ?? 'by a cron expression, in UTC'}{' '}
            <code className="ml-1 font-mono text-[13px] text-muted-foreground">{schedule}</code>
          </>
        )}
      </Detail>
      <Detail term="May read it">
        {visibility === 'workspace' && 'everybody in the workspace'}
        {visibility === 'members' && [creator, ...ids.filter((id) => id !== creator)].map(nameOf).join(', ')}
        {visibility === 'private' && `${nameOf(creator)} alone`}
      </Detail>
      {kind !== 'slack' && <Detail term="Table">{tables ? 'made of its issues, and kept up to date' : 'none'}</Detail>}
      <Detail term="Connected">
        {formatDateTime(at)} by {nameOf(creator)}
      </Detail>
    </Details>
  );
}

function Connection({ source: { source_id: id, kind } }: { source: Source }) {
  const test = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/sources/{source_id}/test', { params: { path: { source_id: id } } })),
    meta: { quiet: true },
  });
  return (
    <Card>
      <CardTitle
        actions={
          <Button size="small" busy={test.isPending} onClick={() => test.mutate()}>
            Test
          </Button>
        }
      >
        Connection
      </CardTitle>
      {test.error ? (
        <ProblemNote error={test.error} />
      ) : test.data ? (
        <ConnectionReport kind={kind} report={test.data} />
      ) : (
        <p className="text-sm text-muted-foreground">
          Asks {kinds[kind].label} as whom it knows the token, and what of the above can be read.
        </p>
      )}
    </Card>
  );
}
