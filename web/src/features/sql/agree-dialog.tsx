'use client';

import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import type { Schemas } from '@/lib/api/client';
import { EstimateDetails } from './estimate-note';

/** Asks before a query that reads much. */
export function AgreeDialog({
  estimate,
  onRun,
  onClose,
}: {
  estimate: Schemas['QueryEstimate'];
  onRun: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog open onOpenChange={onClose} title="This query reads much" description="Run it all the same?">
      <EstimateDetails estimate={estimate} />
      <DialogActions>
        <Button onClick={onClose}>Do not run</Button>
        <Button variant="primary" autoFocus onClick={onRun}>
          Run it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
