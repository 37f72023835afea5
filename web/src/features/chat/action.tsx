import { Button, type ButtonProps } from '@/components/ui/button';
import { Tooltip } from '@/components/ui/tooltip';

/** A small button that says what it does when it is pointed at. */
export function Action({ label, ...rest }: { label: string } & ButtonProps) {
  return (
    <Tooltip content={label}>
      <Button variant="ghost" size="icon-small" aria-label={label} {...rest} />
    </Tooltip>
  );
}
