'use client';

import { Ellipsis, Loader2, PencilLine, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { paths } from '@/lib/paths';
import { DeleteConversation } from './delete-conversation';
import { RenameField } from './rename-field';

/** A conversation in the list, with what can be done to it. */
export function ConversationRow({
  conversation,
  isCurrent,
  onNavigate,
}: {
  conversation: Schemas['Conversation'];
  isCurrent: boolean;
  onNavigate?: () => void;
}) {
  const { conversation_id: id, title, updated_at, active_run_id } = conversation;
  const [doing, setDoing] = useState<'renaming' | 'deleting'>();
  if (doing === 'renaming') {
    return (
      <li className="py-0.5">
        <RenameField conversation={conversation} onDone={() => setDoing(undefined)} />
      </li>
    );
  }
  return (
    <li className={cn('group relative rounded-md transition-colors hover:bg-muted', isCurrent && 'bg-muted')}>
      <Link
        href={paths.chat({ conversationId: id })}
        prefetch={false}
        onClick={onNavigate}
        aria-current={isCurrent ? 'page' : undefined}
        className="block rounded-md py-1.5 pr-9 pl-2"
      >
        <span className={cn('block truncate text-sm', isCurrent && 'font-medium')}>{title}</span>
        <span className="flex items-center gap-1 text-xs text-muted-foreground">
          {active_run_id && <Loader2 className="size-3 animate-spin" aria-label="An answer is under way" />}
          <Time at={updated_at} />
        </span>
      </Link>
      <Menu
        trigger={
          <Button
            variant="ghost"
            size="icon-small"
            aria-label={`More about ${title}`}
            className="absolute top-2 right-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => setDoing('renaming')}>
          <PencilLine /> Rename
        </MenuItem>
        <MenuItem danger onSelect={() => setDoing('deleting')}>
          <Trash2 /> Delete
        </MenuItem>
      </Menu>
      <DeleteConversation
        conversation={conversation}
        isCurrent={isCurrent}
        open={doing === 'deleting'}
        onOpenChange={(open) => setDoing(open ? 'deleting' : undefined)}
      />
    </li>
  );
}
