'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useWorkspace } from '@/lib/use-session';
import { DeleteTool } from './delete-tool';
import { TestTool } from './test-tool';
import { ToolDialog } from './tool-dialog';

type Tool = Schemas['Tool'];

const origins: Readonly<Record<Tool['kind'], string>> = {
  http: 'of this workspace',
  builtin: 'built in',
  web_search: 'web search',
};

/** What chatbots can use besides talking: the service's tools, and services that the workspace has registered. */
export function Tools() {
  const [isCreating, setCreating] = useState(false);
  const workspaceId = useWorkspace()?.id;
  const tools = useQuery({ queryKey: ['tools', workspaceId], queryFn: () => ask(api.GET('/api/v1/tools')) });
  return (
    <Page
      title="Tools"
      description="What a chatbot can be given to use. Tools of your own call a service over HTTP."
      actions={
        <Button variant="primary" onClick={() => setCreating(true)}>
          <Plus /> New tool
        </Button>
      }
    >
      {tools.isPending && <SkeletonRows rows={6} />}
      {tools.isError && <ProblemNote error={tools.error} onRetry={() => void tools.refetch()} />}
      {tools.data && (
        <DataTable
          label="Tools"
          rows={tools.data.items}
          rowKey={({ name }) => name}
          columns={[
            {
              header: 'Tool',
              cell: (tool) => (
                <div className="min-w-56">
                  <code className="font-mono text-[13px] font-medium">{tool.name}</code>
                  <p className="line-clamp-2 max-w-md text-[13px] text-muted-foreground" title={tool.description}>
                    {tool.description}
                  </p>
                </div>
              ),
            },
            {
              header: 'Origin',
              cell: ({ kind }) => <Badge tone={kind === 'http' ? 'accent' : 'neutral'}>{origins[kind]}</Badge>,
            },
            {
              header: <span className="sr-only">Actions</span>,
              numeric: true,
              cell: (tool) => <ToolActions tool={tool} />,
            },
          ]}
        />
      )}
      <ToolDialog open={isCreating} onOpenChange={setCreating} />
    </Page>
  );
}

function ToolActions({ tool }: { tool: Tool }) {
  const [isEditing, setEditing] = useState(false);
  return (
    <div className="flex justify-end gap-2">
      <TestTool tool={tool} />
      {tool.kind === 'http' && (
        <>
          <Button size="small" onClick={() => setEditing(true)}>
            Edit<span className="sr-only"> {tool.name}</span>
          </Button>
          <DeleteTool name={tool.name} />
          <ToolDialog name={tool.name} open={isEditing} onOpenChange={setEditing} />
        </>
      )}
    </div>
  );
}
