'use client';

import { Lock } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/ui/empty-state';
import { useMay, useWorkspace } from '@/lib/use-session';
import { allKinds, kinds } from '@/components/sources/kinds';
import { KindChoice } from './kind-choice';
import { SourceSteps } from './source-steps';

/** Connects a platform step by step. */
export function NewSourcePage() {
  const named = useSearchParams().get('kind');
  const kind = allKinds.find((each) => each === named);
  const isKnown = useWorkspace() !== undefined;
  const may = useMay('sources:write');
  if (isKnown && !may) {
    return (
      <Page title="Connect a source">
        <EmptyState icon={Lock} title="Your role does not connect sources">
          Ask an administrator of the workspace to connect it, or to give you another role.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={kind ? `Connect ${kinds[kind].label}` : 'Connect a source'}
      description={
        kind
          ? kinds[kind].brings
          : 'What is read becomes documents: to be searched, and to be cited in answers. Nothing is ever written there.'
      }
    >
      {kind ? <SourceSteps key={kind} kind={kind} /> : <KindChoice />}
    </Page>
  );
}
