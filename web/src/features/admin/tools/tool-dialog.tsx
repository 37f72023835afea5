'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { ifMatch, useVersioned } from '@/lib/use-versioned';
import { emptyTool, textsOf, toolOf } from './tool-form';
import { ToolFields } from './tool-fields';

/** Registers a tool, or changes the one of the name. */
export function ToolDialog({
  name,
  open,
  onOpenChange,
}: {
  name?: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const onDone = () => onOpenChange(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={name === undefined ? 'New tool' : `Edit ${name}`}
      description="A service on the public internet that chatbots may call, with what it needs to be told."
      className="max-w-2xl"
    >
      {name === undefined ? <NewTool onDone={onDone} /> : <ExistingTool name={name} onDone={onDone} />}
    </Dialog>
  );
}

function NewTool({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  return (
    <ToolFields
      initial={emptyTool}
      onSubmit={async (texts) => {
        const tool = await ask(api.POST('/api/v1/tools', { body: toolOf(texts) }));
        await client.invalidateQueries({ queryKey: ['tools'] });
        toast.success(`${tool.name} is registered`, { description: 'Test it, then give it to a chatbot.' });
        onDone();
      }}
    />
  );
}

function ExistingTool({ name, onDone }: { name: string; onDone: () => void }) {
  const client = useQueryClient();
  const path = { tool: name };
  const read = useVersioned(['tool', name], () => api.GET('/api/v1/tools/{tool}', { params: { path } }));
  if (read.isError) return <ProblemNote error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data || read.isFetching) return <SkeletonRows rows={8} />;
  const { value, etag } = read.data;
  return (
    <ToolFields
      initial={textsOf(value)}
      existing={value}
      onSubmit={async (texts) => {
        const { name: _, ...changes } = toolOf(texts);
        await ask(api.PATCH('/api/v1/tools/{tool}', { params: { path, header: ifMatch(etag) }, body: changes }));
        await client.invalidateQueries({ queryKey: ['tools'] });
        toast.success(`${name} is saved`);
        onDone();
      }}
    />
  );
}
