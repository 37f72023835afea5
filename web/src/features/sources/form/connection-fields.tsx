'use client';

import { Field } from '@/components/ui/field';
import { ExternalLink } from '@/components/ui/external-link';
import { Input } from '@/components/ui/input';
import type { ApiProblem } from '@/lib/api/problem';
import { kinds } from '@/components/sources/kinds';
import type { ChangeDraft, SourceDraft } from './source-draft';

/** Where the platform is, and what opens it. */
export function ConnectionFields({
  draft,
  onChange,
  problem,
  hasToken = false,
}: {
  draft: SourceDraft;
  onChange: ChangeDraft;
  problem?: ApiProblem;
  /** One is stored already. */
  hasToken?: boolean;
}) {
  const { token, tokenSteps, tokenHelp, label } = kinds[draft.kind];
  return (
    <>
      {draft.kind !== 'slack' && (
        <Field
          label="Address"
          hint={draft.kind === 'backlog' ? 'Of your space, as in the browser.' : 'Of GitLab, or of your own server.'}
          error={problem?.field('/config/url')}
        >
          <Input
            required
            type="url"
            className="font-mono text-[13px]"
            placeholder={draft.kind === 'backlog' ? 'https://example.backlog.com' : 'https://gitlab.com'}
            value={draft.url}
            onChange={({ target }) => onChange({ url: target.value })}
          />
        </Field>
      )}
      <details className="rounded-lg border bg-surface px-3 py-2 text-sm" open={!hasToken}>
        <summary className="cursor-pointer font-medium">Where the {token.toLowerCase()} comes from</summary>
        <ol className="mt-2 flex list-decimal flex-col gap-1.5 pl-5 text-muted-foreground">
          {tokenSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="mt-2">
          <ExternalLink href={tokenHelp}>Open {label}’s page on it</ExternalLink>
        </p>
      </details>
      <Field
        label={token}
        hint={
          hasToken
            ? 'One is stored. Type another to replace it; empty keeps it. A new address needs it again.'
            : 'Stored encrypted, used to read, and never shown again.'
        }
        error={problem?.field('/secret/token')}
      >
        <Input
          type="password"
          autoComplete="off"
          required={!hasToken}
          className="font-mono text-[13px]"
          value={draft.token}
          onChange={({ target }) => onChange({ token: target.value })}
        />
      </Field>
    </>
  );
}
