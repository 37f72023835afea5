import { Badge } from '@/components/ui/badge';

/** Who somebody is, in a cell of a list. */
export function Person({ name, email, isYou }: { name: string; email: string; isYou?: boolean }) {
  return (
    <div className="max-w-60 min-w-36">
      <div className="flex items-center gap-1.5">
        <span className="truncate font-medium" title={name}>
          {name}
        </span>
        {isYou && <Badge>you</Badge>}
      </div>
      <div className="truncate text-[13px] text-muted-foreground" title={email}>
        {email}
      </div>
    </div>
  );
}
