import { chatSocket } from '../../lib/socket/socket';
import { session } from '../../lib/session';
import { beginningOf, hasEnded, progressed, type RunProgress } from './run-progress';

const known = new Map<string, RunProgress>();
const listeners = new Set<(progress: RunProgress) => void>();
let attached = false;

/** The runs that this tab follows or has followed. They outlive the page that shows them. */
export const runs = {
  of: (runId: string): RunProgress | undefined => known.get(runId),

  /** Follows a run from where it is known, unless that is its end. */
  follow(runId: string, workspaceId: string | undefined): void {
    attach();
    const progress = known.get(runId) ?? beginningOf(runId);
    if (hasEnded(progress)) return;
    known.set(runId, progress);
    chatSocket.follow(runId, progress.last, workspaceId);
  },

  subscribe(listener: (progress: RunProgress) => void): () => void {
    attach();
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

function attach(): void {
  if (attached) return;
  attached = true;
  chatSocket.onRun({
    event: (event) => keep(progressed(known.get(event.run_id) ?? beginningOf(event.run_id), event, Date.now())),
    lost: (runId) => keep({ ...(known.get(runId) ?? beginningOf(runId)), lost: true }),
  });
  session.subscribe(() => {
    if (session.state === 'signed-out') known.clear();
  });
}

function keep(progress: RunProgress): void {
  known.set(progress.runId, progress);
  for (const listener of listeners) listener(progress);
}
