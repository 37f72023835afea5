export interface ServerSentEvent {
  /** The `event:` field; most events have none. */
  readonly event: string | undefined;
  readonly data: string;
}

/** Longest line, in characters. A server that never ends its line must not fill our memory. */
const longestLine = 16_000_000;

/**
 * Reads an event stream as the HTML standard describes it: any line ending, cut anywhere. One thing is more lenient: an
 * event that the end of the stream closes is an event.
 */
export async function* serverSentEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let event: string | undefined;
  let data: string[] = [];
  for await (const line of linesOf(chunks)) {
    if (line !== '') {
      const [, name, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!;
      if (name === 'data') data.push(value ?? '');
      else if (name === 'event') event = value;
      continue;
    }
    if (data.length > 0) yield { event, data: data.join('\n') };
    event = undefined;
    data = [];
  }
  if (data.length > 0) yield { event, data: data.join('\n') };
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  let restLength = 0;
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    restLength += text.length;
    if (restLength > longestLine) throw new Error('A line of the event stream has no end');
    rest.push(text);
    if (!/[\r\n]/.test(text) && !rest.at(-2)?.endsWith('\r')) continue;
    const lines = splitLines(rest.join(''));
    const last = lines.pop()!;
    rest = [last];
    restLength = last.length;
    yield* lines;
  }
  yield* (rest.join('') + decoder.decode()).split(/\r\n|\n|\r/);
}

/** A carriage return at the very end may be half of a line ending, so it stays with the last piece. */
function splitLines(text: string): string[] {
  if (!text.endsWith('\r')) return text.split(/\r\n|\n|\r/);
  const lines = text.slice(0, -1).split(/\r\n|\n|\r/);
  return [...lines.slice(0, -1), `${lines.at(-1)}\r`];
}
