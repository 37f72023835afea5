'use client';

import { ScrollText } from 'lucide-react';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { SearchField } from '@/components/ui/search-field';
import { api, ask } from '@/lib/api/client';
import { usePages } from '@/lib/use-pages';
import { useSearchParameter, useTypedSearchParameter } from '@/lib/use-search-parameter';
import { useMe, useWorkspace } from '@/lib/use-session';
import { DownloadButton } from '../download-button';
import { Filters, FilterSelect } from '@/components/ui/filters';
import { TimeRange, useTimeRange } from '@/components/ui/time-range';
import { useMembers } from '@/lib/use-members';
import { areas } from './areas';
import { EventTable } from './event-table';

const outcomes = ['allowed', 'denied', 'failed'];

/** Who did what to which object, newest first. Every filter is in the address. */
export function Audit() {
  const filters = useFilters();
  const { data: me } = useMe();
  const workspace = useWorkspace();
  const members = useMembers();
  const list = usePages(['audit', filters.query], (cursor) =>
    ask(api.GET('/api/v1/audit-events', { params: { query: { ...sent(filters.query), cursor } } })),
  );
  const ofService = filters.query.scope === 'service';
  return (
    <Page
      title="Audit"
      description={
        ofService
          ? 'Who did what in the whole service, newest first.'
          : `Who did what in ${workspace?.name ?? 'this workspace'}, newest first.`
      }
      actions={
        <DownloadButton path="/api/v1/audit-events/export" query={filters.query} fileName="audit.csv">
          Export CSV
        </DownloadButton>
      }
    >
      <div className="flex flex-col gap-3">
        <Filters>
          <SearchField
            label="Id or name of an object"
            value={filters.object.typed}
            onChange={filters.object.setTyped}
            className="w-full sm:w-64"
          />
          <FilterSelect
            label="Who"
            all="Everybody"
            value={filters.query.user_id}
            onChange={filters.setUser}
            options={members.map(({ user_id: value, full_name: label }) => ({ value, label }))}
          />
          <FilterSelect
            label="Action"
            all="All actions"
            value={filters.query.action}
            onChange={filters.setAction}
            options={withOwn(filters.query.action)}
          />
          <FilterSelect
            label="Outcome"
            all="All outcomes"
            value={filters.query.outcome}
            onChange={filters.setOutcome}
            options={outcomes}
          />
          <TimeRange range={filters.range} />
          {me?.is_administrator && (
            <FilterSelect
              label="Whose events"
              all="This workspace"
              value={filters.query.scope}
              onChange={filters.setScope}
              options={[{ value: 'service', label: 'The whole service' }]}
            />
          )}
        </Filters>
        <Listing
          list={list}
          rows={10}
          empty={
            <EmptyState
              icon={ScrollText}
              title="Nothing like that has happened"
              actions={filters.isAny && <Button onClick={filters.clear}>Show everything</Button>}
            >
              Other filters may show more.
            </EmptyState>
          }
        >
          {(events) => <EventTable events={events} onAction={filters.setAction} />}
        </Listing>
      </div>
    </Page>
  );
}

function useFilters() {
  const object = useTypedSearchParameter('object');
  const [user, setUser] = useSearchParameter('user');
  const [action, setAction] = useSearchParameter('action');
  const [outcome, setOutcome] = useSearchParameter('outcome');
  const [scope, setScope] = useSearchParameter('scope');
  const range = useTimeRange();
  const query = { object: object.settled, user_id: user, action, outcome, scope, from: range.from, to: range.to };
  return {
    query,
    object,
    range,
    setUser,
    setAction,
    setOutcome,
    setScope,
    isAny: Object.values(query).some((value) => value !== ''),
    clear: () => window.location.assign(window.location.pathname),
  };
}

/** Without the filters that filter nothing. The service says what it does not understand, such as an edited address. */
function sent(query: ReturnType<typeof useFilters>['query']) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

/** A single action comes into the address from a row of the list. */
function withOwn(action: string): readonly { value: string; label: string }[] {
  if (action === '' || areas.some(({ value }) => value === action)) return areas;
  return [{ value: action, label: action }, ...areas];
}
