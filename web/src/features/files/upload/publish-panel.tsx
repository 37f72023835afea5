'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import { api, ask, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { paths } from '@/lib/paths';
import { isReread } from './contract-edits';
import { ModeChoice } from './mode-choice';
import { PublishProblem } from './publish-problem';
import { publishWords, type PublishMode } from './publish-words';
import { suggestName } from './suggest-name';
import type { Contract, Preview } from './use-reading';

/** The last step: under which name, in which way, and what will then happen. */
export function PublishPanel({
  upload,
  contract,
  suggested,
  onShowColumn,
}: {
  upload: Schemas['Upload'];
  contract: Contract;
  suggested: Preview | undefined;
  onShowColumn: (column: number) => void;
}) {
  const router = useRouter();
  const client = useQueryClient();
  const [name, setName] = useState(() => suggestName(upload.file_name));
  const [mode, setMode] = useState<PublishMode>('create');
  const [crawl, setCrawl] = useState(true);
  const crawlId = useId();
  const listId = useId();
  const known = useQuery({
    queryKey: ['datasets', 'names', name],
    queryFn: () => ask(api.GET('/api/v1/datasets', { params: { query: { search: name, limit: 20 } } })),
    enabled: name !== '',
    placeholderData: (before) => before,
  });
  const existing = known.data?.items.find(({ dataset, version }) => dataset === name && version !== null);
  const submit = useMutation({
    mutationFn: ({ as }: { as: PublishMode }) =>
      ask(
        api.POST('/api/v1/uploads/{upload_id}/submit', {
          params: { path: { upload_id: upload.upload_id } },
          body: { dataset: name, mode: as, crawl },
        }),
      ),
    meta: { quiet: true },
    onSuccess: ({ crawl_id: id, dataset }) => {
      void client.invalidateQueries({ queryKey: ['uploads'] });
      void client.invalidateQueries({ queryKey: ['datasets'] });
      router.push(id === null ? paths.dataset(dataset) : paths.crawl(id));
    },
  });
  const problem = submit.error ? asProblem(submit.error) : undefined;
  const kept = contract.columns.filter(({ drop }) => !drop);
  const words = publishWords({
    mode,
    dataset: name,
    fileName: upload.file_name,
    columns: kept.length,
    dropped: contract.columns.length - kept.length,
    fixed: contract.columns.filter((column, index) => !column.drop && isReread(column, suggested?.columns[index]))
      .length,
    crawl,
  });
  return (
    <Card className="flex flex-col gap-4 lg:sticky lg:top-18">
      <CardTitle>Publish</CardTitle>
      <form
        className="-mt-3 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit.mutate({ as: mode });
        }}
      >
        <Field
          label="Data set"
          error={problem?.field('/dataset')}
          hint={hintOf(mode, name, existing !== undefined, known.isSuccess)}
        >
          <Input
            required
            maxLength={128}
            spellCheck={false}
            autoComplete="off"
            list={listId}
            className="font-mono"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <datalist id={listId}>
          {known.data?.items.map(({ dataset }) => (
            <option key={dataset} value={dataset}>
              {dataset}
            </option>
          ))}
        </datalist>
        <ModeChoice mode={mode} onMode={setMode} />
        <div className="flex items-center justify-between gap-3">
          <label htmlFor={crawlId} className="text-sm">
            Make it ready for SQL and chat
          </label>
          <Switch id={crawlId} checked={crawl} onCheckedChange={setCrawl} />
        </div>
        <ul className="flex flex-col gap-1 rounded-lg bg-muted p-3 text-[13px] break-words text-muted-foreground">
          {words.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {problem && problem.field('/dataset') === undefined && (
          <PublishProblem
            problem={problem}
            contract={contract}
            onMode={(as) => {
              setMode(as);
              submit.mutate({ as });
            }}
            onShowColumn={onShowColumn}
            onRetry={() => submit.mutate({ as: mode })}
          />
        )}
        <Button type="submit" variant="primary" size="large" busy={submit.isPending || submit.isSuccess}>
          {{ create: 'Publish', append: 'Add the rows', replace: 'Replace the rows' }[mode]}
        </Button>
      </form>
    </Card>
  );
}

function hintOf(mode: PublishMode, name: string, exists: boolean, isKnown: boolean): string {
  if (name !== '' && isKnown && mode === 'create' && exists)
    return 'There is such a data set: add to it, replace its rows, or take another name.';
  if (name !== '' && isKnown && mode !== 'create' && !exists) return 'There is no data set of that name yet.';
  return 'a to z, 0 to 9 and _. Also the name of its table in SQL.';
}
