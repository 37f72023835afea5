'use client';

import { Check } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { Sheet } from '@/components/ui/sheet';
import { SkeletonRows } from '@/components/ui/skeleton';
import { byArea, usePermissions } from '@/components/permissions/permissions';
import type { Schemas } from '@/lib/api/client';

/** Says what a role allows, in sentences. */
export function RoleSheet({ role }: { role: Schemas['WorkspaceRole'] }) {
  return (
    <Sheet
      title={`What ${role.name} allows`}
      trigger={
        <Button variant="link" size="inline">
          {role.permissions.length} permissions<span className="sr-only"> of {role.name}</span>
        </Button>
      }
    >
      <Allowed permissions={role.permissions} />
    </Sheet>
  );
}

function Allowed({ permissions }: { permissions: readonly string[] }) {
  const all = usePermissions();
  if (all.isPending) return <SkeletonRows rows={8} />;
  if (all.isError) return <ProblemNote error={all.error} onRetry={() => void all.refetch()} />;
  const areas = byArea(all.data.items.filter(({ permission }) => permissions.includes(permission)));
  return (
    <dl className="flex flex-col gap-4 text-sm">
      {[...areas].map(([area, allowed]) => (
        <div key={area}>
          <dt className="text-xs font-medium text-muted-foreground capitalize">{area.replaceAll('_', ' ')}</dt>
          {allowed.map(({ permission, description }) => (
            <dd key={permission} className="mt-1 flex items-start gap-2" title={permission}>
              <Check className="mt-0.5 size-4 shrink-0 text-success" aria-hidden /> {description}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
