'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { paths } from '@/lib/paths';
import { ChatbotFields } from './chatbot-fields';
import { type ChatbotForm, definitionOf, emptyForm } from './chatbot-form';
import { useInventory } from './inventory';

/** Makes a chatbot; it can then be tried. */
export function NewChatbot() {
  const { tools, tables } = useInventory();
  const [typed, setTyped] = useState<ChatbotForm>();
  const client = useQueryClient();
  const router = useRouter();
  const create = useMutation({
    mutationFn: (form: ChatbotForm) => ask(api.POST('/api/v1/chatbots', { body: definitionOf(form) })),
    meta: { quiet: true },
    onSuccess: ({ chatbot_id, name }) => {
      void client.invalidateQueries({ queryKey: ['chatbots'] });
      toast.success(`${name} is ready`);
      router.replace(paths.chatbots(chatbot_id));
    },
  });
  const builtIn = tools.data?.filter(({ kind }) => kind !== 'http').map(({ name }) => name);
  const form = typed ?? (builtIn && emptyForm(builtIn));
  const problem = create.error ? asProblem(create.error) : undefined;
  return (
    <Page title="New chatbot" description="It takes part in conversations as soon as it is made.">
      <form
        className="flex max-w-2xl flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (form) create.mutate(form);
        }}
      >
        {form && tables.data ? (
          <ChatbotFields
            form={form}
            onChange={setTyped}
            tools={tools.data ?? []}
            tables={tables.data}
            problem={problem}
          />
        ) : (
          <SkeletonRows rows={8} />
        )}
        {(tools.error ?? tables.error) && <ProblemNote error={tools.error ?? tables.error} />}
        {problem && <ProblemNote error={problem} />}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={create.isPending} disabled={!form?.name.trim()}>
            Create chatbot
          </Button>
          <Button onClick={() => router.push(paths.chatbots())}>Cancel</Button>
        </div>
      </form>
    </Page>
  );
}
