'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { api, ask } from '@/lib/api/client';

export function DeleteTool({ name }: { name: string }) {
  const client = useQueryClient();
  const remove = async () => {
    await ask(api.DELETE('/api/v1/tools/{tool}', { params: { path: { tool: name } } }));
    await client.invalidateQueries({ queryKey: ['tools'] });
    toast.success(`${name} is deleted`);
  };
  return (
    <Confirm
      title={`Delete ${name}?`}
      description="Chatbots that use it go on without it. Its secret is gone with it."
      action="Delete"
      trigger={
        <Button size="small">
          Delete<span className="sr-only"> {name}</span>
        </Button>
      }
      onConfirm={remove}
    />
  );
}
