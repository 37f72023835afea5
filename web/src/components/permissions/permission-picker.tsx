'use client';

import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Checkbox } from '@/components/ui/switch';
import { byArea, usePermissions } from './permissions';

/** Permissions by area, each with the sentence that explains it. */
export function PermissionPicker({
  chosen,
  onChange,
  offered,
}: {
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  /** Those that may be given. */
  offered: readonly string[];
}) {
  const all = usePermissions();
  if (all.isPending) return <SkeletonRows rows={6} />;
  if (all.isError) return <ProblemNote error={all.error} onRetry={() => void all.refetch()} />;
  const areas = byArea(all.data.items.filter(({ permission }) => offered.includes(permission)));
  const toggle = (permission: string, wanted: boolean) =>
    onChange(wanted ? [...chosen, permission] : chosen.filter((each) => each !== permission));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">Permissions</legend>
      {/* Scrolls, and can therefore take focus. */}
      <div
        className="scrollbar-thin max-h-64 overflow-y-auto rounded-md border"
        tabIndex={0}
        role="group"
        aria-label="Permissions by area"
      >
        {[...areas].map(([area, permissions]) => (
          <div key={area} className="border-b px-3 py-2 last:border-b-0">
            <p className="text-xs font-medium text-muted-foreground capitalize">{area.replaceAll('_', ' ')}</p>
            {permissions.map(({ permission, description }) => (
              <label key={permission} className="flex items-start gap-2 py-1 text-sm">
                <Checkbox
                  className="mt-0.5"
                  checked={chosen.includes(permission)}
                  onCheckedChange={(checked) => toggle(permission, checked === true)}
                />
                <span>{description}</span>
              </label>
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
