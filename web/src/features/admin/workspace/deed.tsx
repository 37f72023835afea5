import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

/** Something that can be done to the workspace as a whole: what it means, and its button. */
export function Deed({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <Card className="flex flex-wrap items-center justify-between gap-4">
      <div className="min-w-60 flex-1">
        <h2 className="font-medium">{title}</h2>
        <p className="mt-0.5 text-sm text-muted-foreground">{children}</p>
      </div>
      {action}
    </Card>
  );
}
