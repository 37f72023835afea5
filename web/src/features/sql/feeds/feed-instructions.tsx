'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { api, ask, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useMay } from '@/lib/use-session';
import { type Feed, useConnections } from './feeds';

/** Where a feed is read, the token for it, and what to do in each program. */
export function FeedInstructions({ feed }: { feed: Feed }) {
  const connections = useConnections();
  const [token, setToken] = useState<string>();
  if (connections.error) return <ProblemNote error={connections.error} onRetry={() => void connections.refetch()} />;
  if (!connections.data) return <SkeletonRows rows={4} />;
  const { feed_urls: templates, tools, drivers, direct_access: direct } = connections.data;
  const filled = (text: string) => text.replaceAll('{feed_id}', feed.feed_id);
  const complete = (step: string) => (token ? filled(step).replaceAll('<token>', token) : filled(step));
  return (
    <div className="flex flex-col gap-5">
      <ul aria-label="Addresses" className="flex flex-col gap-2">
        {Object.entries(templates).map(([format, template]) => (
          <li key={format} className="flex items-center gap-3 rounded-md border bg-muted/50 py-1 pr-1 pl-3">
            <span className="w-16 shrink-0 text-xs font-medium uppercase">{format}</span>
            <span className="min-w-0 flex-1 truncate font-mono text-xs" title={filled(template)}>
              {filled(template)}
            </span>
            <CopyButton text={filled(template)} label={`Copy the ${format} address`} />
          </li>
        ))}
      </ul>
      <FeedToken feed={feed} token={token} onCreated={setToken} />
      <Tabs defaultValue={tools[0]?.tool}>
        <TabsList aria-label="Programs">
          {tools.map(({ tool }) => (
            <TabsTrigger key={tool} value={tool}>
              {tool}
            </TabsTrigger>
          ))}
          {direct && <TabsTrigger value="drivers">JDBC, ODBC</TabsTrigger>}
        </TabsList>
        {tools.map(({ tool, steps }) => (
          <TabsContent key={tool} value={tool} className="pt-3">
            <ol className="flex list-decimal flex-col gap-2 pl-5 text-sm">
              {steps.map((step) => (
                <li key={step}>
                  <span className="flex items-start justify-between gap-2">
                    <span className="min-w-0 break-words">{complete(step)}</span>
                    {/(https?:|Bearer)/.test(step) && (
                      <CopyButton text={copyable(complete(step))} label="Copy this step" className="-my-1 shrink-0" />
                    )}
                  </span>
                </li>
              ))}
            </ol>
          </TabsContent>
        ))}
        {direct && (
          <TabsContent value="drivers" className="flex flex-col gap-3 pt-3">
            <DriverInstructions drivers={drivers} rights={direct.rights} />
          </TabsContent>
        )}
      </Tabs>
    </div>
  );
}

/** For programs that read tables where they are, with rights of their own, and not this feed. */
function DriverInstructions({ drivers, rights }: { drivers: Schemas['DriverConnection'][]; rights: string[] }) {
  return (
    <>
      <p className="text-sm">The drivers of Amazon Athena read the tables themselves, with AWS credentials of yours.</p>
      {drivers.map(({ driver, connection }) => (
        <div key={driver} className="flex items-center gap-3 rounded-md border bg-muted/50 py-1 pr-1 pl-3">
          <span className="w-12 shrink-0 text-xs font-medium uppercase">{driver}</span>
          <code className="min-w-0 flex-1 font-mono text-xs break-all">{connection}</code>
          <CopyButton text={connection} label={`Copy the settings for ${driver.toUpperCase()}`} />
        </div>
      ))}
      <ul className="flex list-disc flex-col gap-2 pl-5 text-[13px] text-muted-foreground">
        {rights.map((right) => (
          <li key={right}>{right}</li>
        ))}
      </ul>
    </>
  );
}

/** The command, address or header of a step, without the words around it. */
function copyable(step: string): string {
  const [found] = /curl .*|https?:\S+|Bearer [^\s.,]+/.exec(step) ?? [step];
  return found;
}

/** Programs prove with a token that they may read feeds; one that can do nothing else is made here. */
function FeedToken({
  feed,
  token,
  onCreated,
}: {
  feed: Feed;
  token: string | undefined;
  onCreated: (token: string) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const mayCreate = useMay('api_tokens:write');
  const create = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const body = { name: `Feed ${feed.name}`.slice(0, 100), scopes: ['feeds:read' as const] };
      onCreated((await ask(api.POST('/api/v1/api-tokens', { body }))).token);
    } catch (error) {
      setFailure(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  if (token) {
    return (
      <div className="flex flex-col gap-1.5">
        <div className="flex items-center gap-2 rounded-md border border-success/40 bg-success-soft py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 font-mono text-xs break-all">{token}</code>
          <CopyButton text={token} label="Copy the token" />
        </div>
        <p className="text-[13px] text-muted-foreground">
          It is shown this once, and filled in below. It can read the feeds of this workspace and nothing else.
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 flex-1 text-[13px] text-muted-foreground">
          A program needs a token to read the feed. {mayCreate ? '' : 'Ask an administrator for one with feeds:read.'}
        </p>
        {mayCreate && (
          <Button size="small" busy={busy} onClick={() => void create()}>
            Create a token
          </Button>
        )}
      </div>
      {failure !== undefined && <ProblemNote error={failure} />}
    </div>
  );
}
