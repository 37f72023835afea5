'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { paths } from '@/lib/paths';
import type { SourceKind } from '@/components/sources/kinds';
import { ConnectionFields } from './connection-fields';
import { ConnectionReport } from './connection-test';
import { ScheduleFields } from './schedule-fields';
import { ScopeFields } from './scope-fields';
import { createOf, newDraft, type SourceDraft, type Step, stepOf, steps, widestConfigOf } from './source-draft';
import { StepList } from './step-list';

/** What a connection test was made with: when that changes, its answer counts no more. */
function triedWith({ url, token, privateChannels }: SourceDraft): string {
  return JSON.stringify([url, token, privateChannels]);
}

/** Connection, what to read, and when; each step can be gone back to. */
export function SourceSteps({ kind }: { kind: SourceKind }) {
  const router = useRouter();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => newDraft(kind));
  const [step, setStep] = useState<Step>('connection');
  const [tested, setTested] = useState<{ key: string; report: Schemas['ConnectionTest'] }>();
  const change = (part: Partial<SourceDraft>) => setDraft((now) => ({ ...now, ...part }));
  const report = tested?.key === triedWith(draft) ? tested.report : undefined;
  const test = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/sources/test', {
          body: { kind, config: widestConfigOf(draft), secret: { token: draft.token.trim() } },
        }),
      ),
    meta: { quiet: true },
    onSuccess: (found) => setTested({ key: triedWith(draft), report: found }),
  });
  const create = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/sources', { body: createOf(draft) })),
    meta: { quiet: true },
    onSuccess: (source) => {
      void client.invalidateQueries({ queryKey: ['sources'] });
      router.push(paths.source(source.source_id));
    },
    onError: (error) => {
      const [first] = asProblem(error).fields;
      if (first) setStep(stepOf(first.pointer));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'connection' && !report) test.mutate();
    else if (step === 'schedule') create.mutate();
    else setStep(steps[steps.indexOf(step) + 1]!);
  };
  const error = step === 'connection' && !report ? test.error : create.error;
  const problem = error ? asProblem(error) : undefined;
  const fields = { draft, onChange: change, problem };
  const lacksChoice =
    step === 'scope' && (isEmptyChoice(draft) || (draft.kind !== 'slack' && draft.parts.length === 0));
  return (
    <form onSubmit={submit} className="grid gap-6 md:grid-cols-[11rem_minmax(0,40rem)]">
      <StepList current={step} onGo={setStep} />
      <div className="flex flex-col gap-4">
        {step === 'connection' && <ConnectionFields {...fields} />}
        {step === 'scope' && <ScopeFields {...fields} report={report} />}
        {step === 'schedule' && <ScheduleFields {...fields} />}
        {step === 'connection' && report && <ConnectionReport kind={kind} report={report} />}
        {problem && <ProblemNote error={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          {step !== 'connection' && <Button onClick={() => setStep(steps[steps.indexOf(step) - 1]!)}>Back</Button>}
          <Button type="submit" variant="primary" busy={test.isPending || create.isPending} disabled={lacksChoice}>
            {step === 'schedule'
              ? 'Connect and read'
              : step === 'connection' && !report
                ? 'Test the connection'
                : 'Continue'}
          </Button>
        </div>
      </div>
    </form>
  );
}

function isEmptyChoice({ isPicked, containers }: SourceDraft): boolean {
  return isPicked && containers.length === 0;
}
