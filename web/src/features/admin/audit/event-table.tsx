'use client';

import { useState } from 'react';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Sheet } from '@/components/ui/sheet';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format';
import { CodeBlock, Detail, Details } from '@/components/ui/details';

type Event = Schemas['AuditEvent'];

const tones: Readonly<Record<Event['outcome'], Tone>> = { allowed: 'neutral', denied: 'warning', failed: 'danger' };

/** Each event in a row; its action opens what else is known of it. */
export function EventTable({ events, onAction }: { events: readonly Event[]; onAction: (action: string) => void }) {
  const [shown, setShown] = useState<Event>();
  return (
    <>
      <DataTable
        label="Events"
        rows={events}
        rowKey={({ event_id: id }) => id}
        columns={[
          { header: 'When', className: 'whitespace-nowrap text-muted-foreground', cell: ({ at }) => <Time at={at} /> },
          {
            header: 'Who',
            cell: (event) => (
              <span className="block max-w-44 truncate" title={who(event)}>
                {who(event)}
              </span>
            ),
          },
          {
            header: 'Did',
            cell: (event) => (
              <Button
                variant="link"
                size="inline"
                className="font-mono text-[13px] font-normal"
                onClick={() => setShown(event)}
              >
                {event.action}
              </Button>
            ),
          },
          {
            header: 'To',
            cell: ({ object }) => (
              <span className="block max-w-52 truncate font-mono text-[13px]" title={object ?? undefined}>
                {object}
              </span>
            ),
          },
          { header: 'Outcome', cell: ({ outcome }) => <Badge tone={tones[outcome]}>{outcome}</Badge> },
        ]}
      />
      <Sheet
        title={<span className="font-mono">{shown?.action}</span>}
        open={shown !== undefined}
        onOpenChange={() => setShown(undefined)}
      >
        {shown && (
          <EventDetails
            event={shown}
            onAction={() => {
              onAction(shown.action);
              setShown(undefined);
            }}
          />
        )}
      </Sheet>
    </>
  );
}

function EventDetails({ event, onAction }: { event: Event; onAction: () => void }) {
  return (
    <>
      <Details>
        <Detail term="When">{formatDateTime(event.at)}</Detail>
        <Detail term="Who">{who(event)}</Detail>
        <Detail term="To">{event.object && <code className="font-mono text-[13px]">{event.object}</code>}</Detail>
        <Detail term="Outcome">
          <Badge tone={tones[event.outcome]}>{event.outcome}</Badge>
        </Detail>
        <Detail term="From">{event.address ?? 'the service itself'}</Detail>
        <Detail term="Request">{event.request_id}</Detail>
        <Detail term="Workspace">{event.workspace_id}</Detail>
      </Details>
      {event.detail && <CodeBlock label="Details">{JSON.stringify(event.detail, undefined, 2)}</CodeBlock>}
      <Button className="self-start" onClick={onAction}>
        Show only {event.action}
      </Button>
    </>
  );
}

function who({ user_email: email, user_id: id }: Event): string {
  return email ?? (id === null ? 'nobody signed in' : 'a deleted account');
}
