'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Input } from '@/components/ui/input';
import { api, ask, type Schemas } from '@/lib/api/client';

/** A conversation's title, being changed in its place: Enter and leaving keep it, Escape does not. */
export function RenameField({
  conversation: { conversation_id: id, title },
  onDone,
}: {
  conversation: Pick<Schemas['Conversation'], 'conversation_id' | 'title'>;
  onDone: () => void;
}) {
  const [text, setText] = useState(title);
  const client = useQueryClient();
  const rename = useMutation({
    mutationFn: (next: string) =>
      ask(
        api.PATCH('/api/v1/conversations/{conversation_id}', {
          params: { path: { conversation_id: id } },
          body: { title: next },
        }),
      ),
    onSuccess: async (changed) => {
      client.setQueryData(['conversation', id], changed);
      await client.invalidateQueries({ queryKey: ['conversations'] });
    },
    onSettled: onDone,
  });
  const keep = () => {
    const next = text.trim();
    if (rename.isPending) return;
    if (next === '' || next === title) onDone();
    else rename.mutate(next);
  };
  return (
    <Input
      autoFocus
      value={text}
      maxLength={200}
      aria-label="Title of the conversation"
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    />
  );
}
