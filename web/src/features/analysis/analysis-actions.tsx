'use client';

import { Download, Ellipsis, GitCompareArrows, RotateCw, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { signedFetch } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { paths } from '@/lib/paths';
import { saveFile } from '@/lib/save-file';
import { useMay } from '@/lib/use-session';
import { DeleteAnalysis } from './delete-analysis';
import { CancelAnalysis } from './progress/cancel-analysis';
import { type Analysis, isOver, retryableSteps, stepNames } from './progress/steps';
import { useRetry } from './progress/use-retry';

/** What can be done with an analysis as it is now. */
export function AnalysisActions({ analysis }: { analysis: Analysis }) {
  const mayWrite = useMay('analysis:write');
  const { request_id: id, overall_status: status } = analysis;
  return (
    <>
      {status === 'completed' && (
        <>
          <Button asChild>
            <Link href={paths.analysisComparison(id)} prefetch={false}>
              <GitCompareArrows /> Compare
            </Link>
          </Button>
          <ExportMenu analysis={analysis} />
        </>
      )}
      {mayWrite && (isOver(analysis) ? <MoreMenu analysis={analysis} /> : <CancelAnalysis requestId={id} />)}
    </>
  );
}

const formats = [
  { format: 'markdown', ending: 'md', label: 'Markdown', hint: 'to be read' },
  { format: 'csv', ending: 'csv', label: 'CSV', hint: 'a row for each quote' },
  { format: 'json', ending: 'json', label: 'JSON', hint: 'all of it' },
] as const;

function ExportMenu({ analysis: { request_id: id, title } }: { analysis: Analysis }) {
  const [busy, setBusy] = useState(false);
  const save = async ({ format, ending }: (typeof formats)[number]) => {
    setBusy(true);
    try {
      const response = await signedFetch(`/api/v1/analysis/requests/${id}/download?format=${format}`);
      saveFile(await response.blob(), `${title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100)}.${ending}`);
    } catch (error) {
      toast.error(asProblem(error).title, { description: asProblem(error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu trigger={<Button busy={busy}>{!busy && <Download />} Export</Button>}>
      {formats.map((each) => (
        <MenuItem key={each.format} onSelect={() => void save(each)}>
          {each.label} <span className="ml-auto pl-6 text-xs text-muted-foreground">{each.hint}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function MoreMenu({ analysis }: { analysis: Analysis }) {
  const router = useRouter();
  const retry = useRetry(analysis.request_id);
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" aria-label="More" title="More">
            <Ellipsis />
          </Button>
        }
      >
        <MenuLabel>Do again from</MenuLabel>
        {retryableSteps(analysis).map((step) => (
          <MenuItem key={step} onSelect={() => retry.mutate({ from_step: step })}>
            <RotateCw /> {stepNames[step].name}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem danger onSelect={() => setDeleting(true)}>
          <Trash2 /> Delete
        </MenuItem>
      </Menu>
      <DeleteAnalysis
        analysis={analysis}
        open={deleting}
        onOpenChange={setDeleting}
        onDeleted={() => router.push(paths.analyses())}
      />
    </>
  );
}
