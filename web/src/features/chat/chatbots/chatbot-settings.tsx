'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { ChatbotFields } from './chatbot-fields';
import { definitionOf, formOf, isSame } from './chatbot-form';
import { useInventory } from './inventory';

/** The settings of a chatbot. Saving makes a new version; what somebody else has changed meanwhile is not overwritten. */
export function ChatbotSettings({ chatbot }: { chatbot: Schemas['Chatbot'] }) {
  const { chatbot_id: id, version, warnings } = chatbot;
  const stored = formOf(chatbot);
  const [form, setForm] = useState(stored);
  const { tools, tables } = useInventory();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PATCH('/api/v1/chatbots/{chatbot_id}', {
          params: { path: { chatbot_id: id }, header: { 'If-Match': `"${version}"` } },
          body: definitionOf(form),
        }),
      ),
    meta: { quiet: true },
    onSuccess: (changed) => {
      client.setQueryData(['chatbots', id], changed);
      void client.invalidateQueries({ queryKey: ['chatbots'] });
      toast.success(`Saved as version ${changed.version}`);
    },
  });
  const isChanged = !isSame(form, stored);
  useWarnBeforeLeaving(isChanged);
  const problem = save.error ? asProblem(save.error) : undefined;
  if (!tools.data || !tables.data) return <SkeletonRows rows={8} />;
  return (
    <form
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {warnings.length > 0 && (
        <div className="flex gap-2.5 rounded-lg border border-warning/30 bg-warning-soft p-3 text-sm">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      <ChatbotFields form={form} onChange={setForm} tools={tools.data} tables={tables.data} problem={problem} />
      {problem && (
        <ProblemNote error={problem}>
          {problem.status === 412 && (
            <Button size="small" onClick={() => void client.invalidateQueries({ queryKey: ['chatbots', id] })}>
              Show what it is now
            </Button>
          )}
        </ProblemNote>
      )}
      <div className="sticky bottom-0 flex items-center gap-2 border-t bg-background py-3">
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!isChanged || !form.name.trim()}>
          Save
        </Button>
        <Button disabled={!isChanged || save.isPending} onClick={() => setForm(stored)}>
          Discard changes
        </Button>
        <span role="status" className="text-[13px] text-muted-foreground">
          {isChanged ? 'Not saved yet' : ''}
        </span>
      </div>
    </form>
  );
}

/** The browser asks before a page with unsaved changes is closed. */
function useWarnBeforeLeaving(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isChanged]);
}
