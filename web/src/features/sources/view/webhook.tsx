'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Dices } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardTitle } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { kinds, type Source } from '@/components/sources/kinds';

/** Where the platform tells of changes, so that they are there within seconds instead of at the next sync. */
export function Webhook({ source }: { source: Source }) {
  const { kind, has_webhook_secret: hasSecret, webhook_path: path } = source;
  const { label, webhookSteps } = kinds[kind];
  const [secret, setSecret] = useState('');
  const query = kind === 'backlog' ? `?secret=${secret === '' ? '…' : encodeURIComponent(secret.trim())}` : '';
  const address = `${window.location.origin}${path}${query}`;
  return (
    <Card className="flex flex-col gap-4">
      <div>
        <CardTitle actions={<Badge tone={hasSecret ? 'success' : 'neutral'}>{hasSecret ? 'Taken' : 'Refused'}</Badge>}>
          Webhook
        </CardTitle>
        <p className="text-sm text-muted-foreground">
          {label} can tell of what has changed, so that it is found within seconds.{' '}
          {hasSecret ? 'What comes is verified.' : 'Until a secret is stored here, everything that comes is refused.'}
        </p>
      </div>
      <div className="flex items-center gap-2 rounded-md border bg-muted p-2 pl-3">
        <code className="min-w-0 flex-1 font-mono text-[13px] break-all">{address}</code>
        <CopyButton text={address} label="Copy the address" />
      </div>
      <p className="text-[13px] text-muted-foreground">
        {label} must be able to reach this address. When it is another one from there, replace what stands before /api.
      </p>
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-sm">
        {webhookSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Secret source={source} secret={secret} onChange={setSecret} />
    </Card>
  );
}

function Secret({ source, secret, onChange }: { source: Source; secret: string; onChange: (secret: string) => void }) {
  const client = useQueryClient();
  const { webhookSecret } = kinds[source.kind];
  const { has_webhook_secret: hasSecret, source_id: sourceId } = source;
  const save = useMutation({
    mutationFn: (value: string | null) =>
      ask(
        api.PATCH('/api/v1/sources/{source_id}', {
          params: { path: { source_id: sourceId } },
          body: { secret: { webhook_secret: value } },
        }),
      ),
    meta: { quiet: true },
    onSuccess: async (_, value) => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      toast.success(value === null ? 'Webhooks are refused now' : 'Webhooks are taken now');
      onChange('');
    },
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const fault = problem?.field('/secret/webhook_secret');
  const isOwn = source.kind !== 'slack';
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(secret.trim());
      }}
    >
      <Field
        label={webhookSecret}
        error={fault}
        hint={
          hasSecret ? 'One is stored and never shown. Another replaces it.' : 'Stored encrypted, and never shown again.'
        }
      >
        {/* What is made here must be copied to the platform, so it is seen until it is stored. */}
        <Input
          required
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-[13px]"
          value={secret}
          onChange={({ target }) => onChange(target.value)}
        />
      </Field>
      {problem && !fault && <ProblemNote error={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={save.isPending} disabled={secret.trim() === ''}>
          Store
        </Button>
        {isOwn && (
          <Button onClick={() => onChange(randomSecret())}>
            <Dices /> Make one up
          </Button>
        )}
        {secret !== '' && (
          <CopyButton text={secret} size="default">
            Copy it
          </CopyButton>
        )}
        {hasSecret && (
          <Button variant="ghost" disabled={save.isPending} onClick={() => save.mutate(null)}>
            Remove, and refuse webhooks
          </Button>
        )}
      </div>
    </form>
  );
}

function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
