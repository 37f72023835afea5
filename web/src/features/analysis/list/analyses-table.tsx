'use client';

import { Loader2, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Time } from '@/components/ui/time';
import { paths } from '@/lib/paths';
import { DeleteAnalysis } from '../delete-analysis';
import { methodNames, stepNames } from '../progress/steps';
import { type AnalysisSummary, isUnderWay, statusNames } from './use-analyses';

export function AnalysesTable({ analyses, mayWrite }: { analyses: readonly AnalysisSummary[]; mayWrite: boolean }) {
  const columns = mayWrite ? [...readable, actions] : readable;
  return <DataTable label="Analyses" columns={columns} rows={analyses} rowKey={({ request_id: id }) => id} />;
}

const readable: readonly DataColumn<AnalysisSummary>[] = [
  { header: 'Title', cell: (analysis) => <Title analysis={analysis} />, className: 'max-w-44 min-w-44 sm:max-w-96' },
  { header: 'Status', cell: (analysis) => <Status analysis={analysis} />, className: 'whitespace-nowrap' },
  { header: 'Method', cell: ({ method }) => methodNames[method], className: 'whitespace-nowrap text-muted-foreground' },
  { header: 'Started', cell: ({ created_at: at }) => <Time at={at} />, className: 'whitespace-nowrap' },
];

const actions: DataColumn<AnalysisSummary> = {
  header: <span className="sr-only">Actions</span>,
  cell: (analysis) =>
    !isUnderWay(analysis) && (
      <DeleteAnalysis
        analysis={analysis}
        trigger={
          <Button variant="ghost" size="icon-small" aria-label={`Delete ${analysis.title}`} title="Delete">
            <Trash2 />
          </Button>
        }
      />
    ),
  className: 'w-10',
};

function Title({ analysis: { request_id: id, title, research_data: given } }: { analysis: AnalysisSummary }) {
  const names = given.replaceAll(/(?:^|(?<=, ?))file:/g, '');
  return (
    <>
      <Link
        href={paths.analysis(id)}
        prefetch={false}
        title={title}
        className="block truncate font-medium underline-offset-4 hover:underline"
      >
        {title}
      </Link>
      {names !== title && (
        <span title={names} className="block truncate text-xs text-muted-foreground">
          {names}
        </span>
      )}
    </>
  );
}

function Status({ analysis: { overall_status: status, step } }: { analysis: AnalysisSummary }) {
  const at = step === null ? '' : stepNames[step].name.toLowerCase();
  switch (status) {
    case 'pending':
      return <Badge>{statusNames.pending}</Badge>;
    case 'processing':
      return (
        <Badge tone="accent">
          <Loader2 className="animate-spin" aria-hidden /> {at ? stepNames[step!].name : statusNames.processing}
        </Badge>
      );
    case 'completed':
      return <Badge tone="success">{statusNames.completed}</Badge>;
    case 'failed':
      return <Badge tone="danger">{at ? `Failed at ${at}` : statusNames.failed}</Badge>;
  }
}
