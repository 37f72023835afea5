import { Check } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/lib/cn';
import { paths } from '@/lib/paths';
import { type Step, steps } from './source-draft';

const labels: Readonly<Record<Step, string>> = {
  connection: 'Connection',
  scope: 'What to read',
  schedule: 'When and for whom',
};

/** Where one is; what lies behind can be gone back to. */
export function StepList({ current, onGo }: { current: Step; onGo: (step: Step) => void }) {
  const at = steps.indexOf(current);
  return (
    <ol aria-label="Steps" className="flex flex-wrap gap-x-4 gap-y-1 text-sm md:flex-col md:gap-1">
      <li>
        <Link href={paths.newSource()} prefetch={false} className="flex items-center gap-2 py-1 hover:underline">
          <Check className="size-4 text-success" aria-label="done" /> Platform
        </Link>
      </li>
      {steps.map((step, index) => (
        <li key={step} aria-current={step === current ? 'step' : undefined}>
          {index < at ? (
            <button type="button" onClick={() => onGo(step)} className="flex items-center gap-2 py-1 hover:underline">
              <Check className="size-4 text-success" aria-label="done" /> {labels[step]}
            </button>
          ) : (
            <span
              className={cn('flex items-center gap-2 py-1', index === at ? 'font-medium' : 'text-muted-foreground')}
            >
              <span
                className={cn(
                  'flex size-4 items-center justify-center rounded-full text-[10px]',
                  index === at ? 'bg-accent text-accent-foreground' : 'bg-muted',
                )}
                aria-hidden
              >
                {index + 2}
              </span>
              {labels[step]}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
