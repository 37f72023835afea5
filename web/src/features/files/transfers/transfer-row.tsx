import { Check, CircleAlert, Pause, Play, RotateCw, X } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { formatBytes, formatDuration } from '@/lib/format';
import { paths } from '@/lib/paths';
import { type Transfer, transfers } from './transfers';

/** One upload: how far it is, and what can be done about it. */
export function TransferRow({ transfer }: { transfer: Transfer }) {
  const { fileName, size, sent, state } = transfer;
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-sm font-medium" title={fileName}>
          {fileName}
        </span>
        <Actions transfer={transfer} />
      </div>
      {state !== 'done' && state !== 'failed' && (
        <Progress
          value={state === 'finishing' ? undefined : size === 0 ? 1 : sent / size}
          label={`Upload of ${fileName}`}
        />
      )}
      <Account transfer={transfer} />
    </li>
  );
}

function Account({ transfer }: { transfer: Transfer }) {
  if (transfer.state === 'failed') {
    return (
      <p role="alert" className="flex gap-1.5 text-xs">
        <CircleAlert className="mt-px size-3.5 shrink-0 text-danger" aria-hidden />
        <span className="min-w-0 break-words">
          {transfer.problem?.title}. {transfer.problem?.message}
        </span>
      </p>
    );
  }
  return <p className="text-xs text-muted-foreground tabular-nums">{describe(transfer)}</p>;
}

function describe({ state, sent, size, rate }: Transfer): string {
  const part = `${formatBytes(sent)} of ${formatBytes(size)}`;
  switch (state) {
    case 'queued':
      return `Waits for the others, ${formatBytes(size)}`;
    case 'paused':
      return `Paused at ${part}`;
    case 'reconnecting':
      return `Connection lost at ${part}; trying again`;
    case 'finishing':
      return 'All bytes are here; the file is being checked';
    case 'done':
      return `${formatBytes(size)}, complete`;
    default: {
      if (!rate) return part;
      const left =
        rate.secondsLeft === undefined
          ? ''
          : `, ${formatDuration(Math.max(1, Math.round(rate.secondsLeft)) * 1000)} left`;
      return `${part}, ${formatBytes(rate.bytesPerSecond)}/s${left}`;
    }
  }
}

function Actions({ transfer: { key, fileName, state, uploadId, problem } }: { transfer: Transfer }) {
  if (state === 'done') {
    return (
      <>
        <Check className="size-4 text-success" aria-label="Complete" />
        <Button asChild size="small">
          <Link href={paths.upload(uploadId ?? '')}>
            Look at it<span className="sr-only">: {fileName}</span>
          </Link>
        </Button>
        <Act label={`Take ${fileName} off the list`} icon={X} onClick={() => transfers.dismiss(key)} />
      </>
    );
  }
  const mayRetry = state === 'failed' && problem && (problem.status === 0 || problem.status >= 429);
  return (
    <>
      {(state === 'sending' || state === 'reconnecting' || state === 'queued') && (
        <Act label={`Pause ${fileName}`} icon={Pause} onClick={() => transfers.pause(key)} />
      )}
      {state === 'paused' && <Act label={`Go on with ${fileName}`} icon={Play} onClick={() => transfers.resume(key)} />}
      {mayRetry && <Act label={`Try ${fileName} again`} icon={RotateCw} onClick={() => transfers.resume(key)} />}
      {state === 'failed' && !mayRetry ? (
        <Act label={`Take ${fileName} off the list`} icon={X} onClick={() => transfers.dismiss(key)} />
      ) : (
        <Act label={`Cancel ${fileName}`} icon={X} onClick={() => transfers.cancel(key)} />
      )}
    </>
  );
}

function Act({ label, icon: Icon, onClick }: { label: string; icon: typeof X; onClick: () => void }) {
  return (
    <Button variant="ghost" size="icon-small" aria-label={label} title={label} onClick={onClick}>
      <Icon />
    </Button>
  );
}
