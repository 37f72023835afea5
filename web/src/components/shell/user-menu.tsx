'use client';

import { BookOpen, KeyRound, LogOut, Monitor, MonitorSmartphone, Moon, Sun, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { paths } from '@/lib/paths';
import { session } from '@/lib/session';
import { useMe } from '@/lib/use-session';
import { type Theme, useTheme } from '@/lib/use-theme';

const themes: readonly { value: Theme; label: string; icon: typeof Sun }[] = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'As the system', icon: Monitor },
];

/** What is one's own: profile, sessions, tokens, looks, signing out. */
export function UserMenu() {
  const { data: me } = useMe();
  const { theme, setTheme } = useTheme();
  const router = useRouter();
  const initials = me?.full_name
    .split(/\s+/)
    .map((word) => word[0])
    .filter(Boolean)
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <Menu
      className="w-56"
      trigger={
        <Button variant="ghost" size="icon" className="rounded-full">
          <span className="sr-only">Your account</span>
          <span
            aria-hidden
            className="flex size-8 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
          >
            {initials}
          </span>
        </Button>
      }
    >
      <MenuLabel>
        <span className="block truncate text-sm font-medium text-foreground">{me?.full_name}</span>
        <span className="block truncate">{me?.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem onSelect={() => router.push(paths.settings('profile'))}>
        <UserRound /> Profile
      </MenuItem>
      <MenuItem onSelect={() => router.push(paths.settings('sessions'))}>
        <MonitorSmartphone /> Sessions
      </MenuItem>
      <MenuItem onSelect={() => router.push(paths.settings('api-tokens'))}>
        <KeyRound /> API tokens
      </MenuItem>
      <MenuItem onSelect={() => window.open('/docs', '_blank', 'noopener')}>
        <BookOpen /> API documentation
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Looks</MenuLabel>
      {themes.map(({ value, label, icon: Icon }) => (
        <MenuItem
          key={value}
          role="menuitemradio"
          aria-checked={theme === value}
          onSelect={(event) => {
            event.preventDefault();
            setTheme(value);
          }}
          className={theme === value ? 'font-medium text-accent' : undefined}
        >
          <Icon /> {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => void session.end()}>
        <LogOut /> Sign out
      </MenuItem>
    </Menu>
  );
}
