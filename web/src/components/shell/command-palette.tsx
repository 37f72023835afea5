'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { BookOpenText, Database, Lightbulb, MessageSquarePlus, MessagesSquare, SquareTerminal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { api, ask } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { useWorkspace } from '@/lib/use-session';
import { places, secondaryPlaces } from './navigation';

const itemLooks =
  'flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-2 text-sm outline-none data-[selected=true]:bg-muted [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground';
const groupLooks =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted-foreground';

/** Ctrl or ⌘ K: go anywhere, open a table, a conversation or an analysis, or ask what was typed. */
export default function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [typed, setTyped] = useState('');
  const router = useRouter();
  const permissions = useWorkspace()?.permissions ?? [];
  const may = (permission?: string) => !permission || permissions.includes(permission);
  const tables = useQuery({
    queryKey: ['tables', 'palette'],
    queryFn: () => ask(api.GET('/api/v1/tables', { params: { query: { limit: 200 } } })),
    enabled: open && may('tables:read'),
  });
  const conversations = useQuery({
    queryKey: ['conversations', 'palette'],
    queryFn: () => ask(api.GET('/api/v1/conversations', { params: { query: { limit: 20 } } })),
    enabled: open && may('chat:use'),
  });
  const analyses = useQuery({
    queryKey: ['analyses', 'palette'],
    queryFn: () => ask(api.GET('/api/v1/analysis/requests', { params: { query: { limit: 20 } } })),
    enabled: open && may('analysis:read'),
  });
  const go = (href: string) => {
    onOpenChange(false);
    setTyped('');
    router.push(href);
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border bg-surface shadow-2xl"
        >
          <Dialog.Title className="sr-only">Go to or ask</Dialog.Title>
          <Command label="Go to or ask" loop>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder="Go to a place, a table, a conversation, or ask a question"
              className="h-12 w-full border-b bg-transparent px-4 text-sm outline-none placeholder:text-muted-foreground"
            />
            <Command.List className="scrollbar-thin max-h-[50vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-sm text-muted-foreground">
                Nothing of that name.
              </Command.Empty>
              {typed.trim() && may('chat:use') && (
                <Command.Item
                  forceMount
                  value={`ask ${typed}`}
                  className={itemLooks}
                  onSelect={() => go(paths.chat({ question: typed.trim() }))}
                >
                  <MessageSquarePlus aria-hidden /> Ask “{typed.trim()}”
                </Command.Item>
              )}
              {typed.trim() && may('documents:read') && (
                <Command.Item
                  forceMount
                  value={`search documents ${typed}`}
                  className={itemLooks}
                  onSelect={() => go(paths.documents({ q: typed.trim() }))}
                >
                  <BookOpenText aria-hidden /> Search documents for “{typed.trim()}”
                </Command.Item>
              )}
              <Command.Group heading="Places" className={groupLooks}>
                {[...places, ...secondaryPlaces]
                  .filter(({ permission }) => may(permission))
                  .map(({ href, label, icon: Icon }) => (
                    <Command.Item key={href} value={`place ${label}`} className={itemLooks} onSelect={() => go(href)}>
                      <Icon aria-hidden /> {label}
                    </Command.Item>
                  ))}
                <Command.Item
                  value="place new query"
                  className={itemLooks}
                  onSelect={() => go(paths.sql({ sql: ' ' }))}
                >
                  <SquareTerminal aria-hidden /> New query
                </Command.Item>
              </Command.Group>
              {tables.data && tables.data.items.length > 0 && (
                <Command.Group heading="Tables" className={groupLooks}>
                  {tables.data.items.map(({ table }) => (
                    <Command.Item
                      key={table}
                      value={`table ${table}`}
                      className={itemLooks}
                      onSelect={() => go(paths.table(table))}
                    >
                      <Database aria-hidden /> {table}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {conversations.data && conversations.data.items.length > 0 && (
                <Command.Group heading="Conversations" className={groupLooks}>
                  {conversations.data.items.map(({ conversation_id: id, title }) => (
                    <Command.Item
                      key={id}
                      value={`conversation ${title} ${id}`}
                      className={itemLooks}
                      onSelect={() => go(paths.chat({ conversationId: id }))}
                    >
                      <MessagesSquare aria-hidden /> <span className="truncate">{title}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {analyses.data && analyses.data.requests.length > 0 && (
                <Command.Group heading="Analyses" className={groupLooks}>
                  {analyses.data.requests.map(({ request_id: id, title }) => (
                    <Command.Item
                      key={id}
                      value={`analysis ${title} ${id}`}
                      className={itemLooks}
                      onSelect={() => go(paths.analysis(id))}
                    >
                      <Lightbulb aria-hidden /> <span className="truncate">{title}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
