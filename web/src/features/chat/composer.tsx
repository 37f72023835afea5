'use client';

import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { drafts } from './drafts';

const longestQuestion = 16_000;

/** Where questions are typed. Enter sends, Shift and Enter begin a new line; what is typed is kept until it is sent. */
export function Composer({
  draftOf,
  placeholder = 'Ask about your tables and documents',
  disabledBecause,
  onSend,
  onStop,
  tools,
  takesFocus = true,
}: {
  /** The conversation that the draft belongs to. */
  draftOf: string;
  placeholder?: string;
  /** Why nothing can be sent now; typing goes on. */
  disabledBecause?: string;
  onSend: (content: string) => void;
  /** Stops the answer that is under way. */
  onStop?: () => void;
  tools?: ReactNode;
  /** Whether one can type at once. */
  takesFocus?: boolean;
}) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  useEffect(() => {
    setText(drafts.of(draftOf));
    // A phone's keyboard would cover half of what is to be read first.
    if (takesFocus && window.matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, [draftOf, takesFocus]);
  const change = (next: string) => {
    setText(next);
    drafts.keep(draftOf, next);
  };
  const mayTell = text.trim() !== '' && !disabledBecause && !onStop;
  const send = () => {
    if (!mayTell) return;
    onSend(text.trim());
    change('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-xl border border-input/60 bg-surface shadow-sm transition-colors focus-within:border-accent"
    >
      <textarea
        ref={field}
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        rows={1}
        maxLength={longestQuestion}
        placeholder={placeholder}
        aria-label="Your question"
        aria-describedby={noteId}
        className="field-sizing-content scrollbar-thin block max-h-48 min-h-11 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 text-[15px] leading-normal outline-none placeholder:text-muted-foreground"
      />
      <div className="flex items-center gap-2 px-2 pb-2">
        {tools}
        <p id={noteId} className="ml-auto hidden truncate text-xs text-muted-foreground sm:block">
          {disabledBecause ?? (onStop ? 'Esc stops the answer' : 'Enter sends, Shift Enter begins a new line')}
        </p>
        {onStop ? (
          <Button size="icon-small" className="ml-auto rounded-full sm:ml-0" aria-label="Stop" onClick={onStop}>
            <Square className="size-3! fill-current" />
          </Button>
        ) : (
          <Button
            type="submit"
            variant="primary"
            size="icon-small"
            className="ml-auto rounded-full sm:ml-0"
            aria-label="Send"
            title={disabledBecause}
            disabled={!mayTell}
          >
            <ArrowUp />
          </Button>
        )}
      </div>
    </form>
  );
}
