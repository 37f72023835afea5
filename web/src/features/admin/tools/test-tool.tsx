'use client';

import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatDuration } from '@/lib/format';
import { CodeBlock } from '@/components/ui/details';
import { InputControl } from './input-control';
import { inputFields, inputOf } from './tool-input';

type Tool = Schemas['Tool'];

/** Calls a tool and shows what a model would be given. */
export function TestTool({ tool }: { tool: Tool }) {
  return (
    <Dialog
      title={`Test ${tool.name}`}
      description="The tool is called for real. The result is what a model would be given."
      className="max-w-2xl"
      trigger={
        <Button size="small">
          Test<span className="sr-only"> {tool.name}</span>
        </Button>
      }
    >
      <TestForm tool={tool} />
    </Dialog>
  );
}

function TestForm({ tool }: { tool: Tool }) {
  const fields = inputFields(tool.input_schema);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const test = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/tools/{tool}/test', {
          params: { path: { tool: tool.name } },
          body: { input: inputOf(fields, texts) },
        }),
      ),
    meta: { quiet: true },
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        test.mutate();
      }}
    >
      {fields.length === 0 && <p className="text-sm text-muted-foreground">It needs no input.</p>}
      {fields.map((field) => (
        <InputControl
          key={field.name}
          field={field}
          value={texts[field.name] ?? ''}
          onChange={(value) => setTexts({ ...texts, [field.name]: value })}
        />
      ))}
      {test.error && <ProblemNote error={test.error} />}
      {test.data && <Result result={test.data} />}
      <DialogActions>
        <Button type="submit" variant="primary" busy={test.isPending}>
          {!test.isPending && <Play />} Run
        </Button>
      </DialogActions>
    </form>
  );
}

function Result({ result }: { result: Schemas['ToolTestResult'] }) {
  return (
    <div className="flex flex-col gap-1.5" role="status">
      <p className="text-sm text-muted-foreground">
        Answered in {formatDuration(result.duration_ms)}
        {result.truncated && ', cut at the limit'}
      </p>
      <CodeBlock label="Result">{result.content}</CodeBlock>
    </div>
  );
}
