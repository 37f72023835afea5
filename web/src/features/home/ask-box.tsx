'use client';

import { ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Textarea } from '@/components/ui/input';
import type { Schemas } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { questionsAbout } from '@/lib/starter-questions';

/** A question begins a conversation. */
export function AskBox({ tables }: { tables: readonly Schemas['Table'][] }) {
  const [question, setQuestion] = useState('');
  const router = useRouter();
  const send = () => {
    if (question.trim()) router.push(paths.chat({ question: question.trim() }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const suggestions = questionsAbout(tables, 3);
  return (
    <div className="flex flex-col gap-3">
      <form
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Textarea
          aria-label="Ask a question about your data"
          placeholder="Ask a question about your data"
          value={question}
          maxLength={10_000}
          rows={2}
          onChange={(event) => setQuestion(event.target.value)}
          onKeyDown={onKeyDown}
          className="min-h-0 resize-none rounded-xl py-3 pr-14 pl-4 text-base"
        />
        <Button
          type="submit"
          variant="primary"
          size="icon"
          className="absolute right-3 bottom-3.5 rounded-full"
          aria-label="Ask"
          disabled={!question.trim()}
        >
          <ArrowUp />
        </Button>
      </form>
      {suggestions.length > 0 && (
        <ul aria-label="Suggestions" className="flex flex-wrap gap-2">
          {suggestions.map((suggestion) => (
            <li key={suggestion}>
              <Button asChild size="small" className="h-auto min-h-7 rounded-full py-1 font-normal whitespace-normal">
                <Link href={paths.chat({ question: suggestion })} prefetch={false}>
                  {suggestion}
                </Link>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
