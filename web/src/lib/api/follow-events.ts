import { signedFetch } from './client';
import { asProblem } from './problem';
import { EventParser, type StreamEvent } from './read-events';

/**
 * Follows a stream of Server-Sent Events from its beginning, each event once. A lost connection is made again from where
 * it was, until the caller stops asking, the signal is aborted, or the service ends the stream after an event that is the
 * last by `isLast`. Throws an `ApiProblem` when the service refuses.
 */
export async function* followEvents(
  path: string,
  signal: AbortSignal,
  isLast: (event: StreamEvent) => boolean = () => false,
): AsyncGenerator<StreamEvent> {
  let lastId = '';
  let hasEnded = false;
  for (let failures = 0; !signal.aborted;) {
    try {
      const headers = lastId ? { 'last-event-id': lastId } : undefined;
      const response = await signedFetch(path, { headers, signal });
      const parser = new EventParser();
      for await (const text of texts(response)) {
        for (const event of parser.push(text)) {
          if (event.id) lastId = event.id;
          failures = 0;
          hasEnded = isLast(event);
          yield event;
        }
      }
      if (hasEnded) return;
    } catch (error) {
      const { status } = asProblem(error);
      if (signal.aborted || (status >= 400 && status < 500)) throw error;
    }
    failures += 1;
    await delay(Math.min(500 * 2 ** Math.min(failures, 4), 5000), signal);
  }
}

async function* texts(response: Response): AsyncGenerator<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
