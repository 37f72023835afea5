'use client';

import { Bot, Check, ChevronsUpDown } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel } from '@/components/ui/menu';
import { useChatbots } from './chatbots';

/** Which chatbot answers. It is not there when there is only one. */
export function ChatbotPicker({
  chatbotId,
  onPick,
}: {
  /** Absent: the default one. */
  chatbotId: string | undefined;
  onPick: (chatbotId: string) => void;
}) {
  const { data: chatbots = [] } = useChatbots();
  if (chatbots.length < 2) return null;
  const current = chatbots.find((each) => each.chatbot_id === chatbotId) ?? chatbots.find((each) => each.is_default);
  return (
    <Menu
      align="start"
      className="w-72"
      trigger={
        <Button
          variant="ghost"
          size="small"
          className="max-w-48 text-muted-foreground"
          aria-label={`Chatbot ${current?.name}, change`}
        >
          <Bot />
          <span className="truncate">{current?.name}</span>
          <ChevronsUpDown className="size-3!" aria-hidden />
        </Button>
      }
    >
      <MenuLabel>Who answers</MenuLabel>
      {chatbots.map(({ chatbot_id, name, description }) => (
        <MenuItem key={chatbot_id} onSelect={() => onPick(chatbot_id)} className="items-start">
          <span className="min-w-0 flex-1">
            <span className="block truncate">{name}</span>
            {description && <span className="line-clamp-2 text-xs text-muted-foreground">{description}</span>}
          </span>
          {chatbot_id === current?.chatbot_id && <Check aria-label="chosen" />}
        </MenuItem>
      ))}
    </Menu>
  );
}
