'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel } from '@/components/ui/menu';
import { asProblem } from '@/lib/api/problem';
import { downloadResult, type DownloadFormat } from './download-result';

const formats: readonly { format: DownloadFormat; label: string; hint: string }[] = [
  { format: 'csv', label: 'CSV', hint: 'for spreadsheets' },
  { format: 'json', label: 'JSON', hint: 'for scripts' },
  { format: 'parquet', label: 'Parquet', hint: 'exact types, small' },
  { format: 'arrow', label: 'Arrow', hint: 'for data frames' },
];

/** The whole result as a file, all rows of it. */
export function DownloadMenu({ queryId, name }: { queryId: string; name: string }) {
  const [busy, setBusy] = useState(false);
  const download = async (format: DownloadFormat) => {
    setBusy(true);
    try {
      await downloadResult(queryId, format, name);
    } catch (error) {
      const problem = asProblem(error);
      toast.error(problem.title, { description: problem.message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="small" busy={busy}>
          {!busy && <Download />} <span className="max-sm:sr-only">Download</span>
        </Button>
      }
    >
      <MenuLabel>All rows</MenuLabel>
      {formats.map(({ format, label, hint }) => (
        <MenuItem key={format} onSelect={() => void download(format)}>
          {label} <span className="ml-auto pl-6 text-xs text-muted-foreground">{hint}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
