import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { until } from './until.js';

/** A frame of either side, with all that it may carry. */
export interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly re?: string;
  readonly run_id?: string;
  readonly conversation_id?: string;
  readonly interrupt_id?: string;
  readonly content?: string;
  readonly text?: string;
  readonly seq?: number;
  readonly [member: string]: unknown;
}

export interface Ending {
  readonly code: number;
  readonly reason: string;
}

const opened = new Set<ChatClient>();

/** A client of the socket that keeps all that was said. */
export class ChatClient {
  readonly sent: Frame[] = [];
  readonly received: Frame[] = [];
  readonly closed: Promise<Ending>;

  private constructor(readonly socket: WebSocket) {
    opened.add(this);
    socket.on('message', (data) => this.received.push(JSON.parse(String(data)) as Frame));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
  }

  /** Opens a socket; with a token it waits to be welcomed, without one it does not say hello. */
  static async open(
    address: string,
    token?: string,
    options: { headers?: Readonly<Record<string, string>>; path?: string } = {},
  ): Promise<ChatClient> {
    const query = token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
    const url = `${address.replace('http', 'ws')}${options.path ?? '/ws'}${query}`;
    const client = new ChatClient(new WebSocket(url, { headers: { ...options.headers }, perMessageDeflate: false }));
    await Promise.race([once(client.socket, 'open'), client.closed]);
    if (token !== undefined) await client.frame(({ type }) => type === 'welcome').catch(() => undefined);
    return client;
  }

  /** Returns all that the service has said over them. */
  static closeAll(): readonly Frame[] {
    const received = [...opened].flatMap((client) => client.received);
    for (const { socket } of opened) socket.terminate();
    opened.clear();
    return received;
  }

  send(frame: Frame): void {
    this.sent.push(frame);
    this.socket.send(JSON.stringify(frame));
  }

  /** Sends a frame under a new id; resolves with its acknowledgement, or with the error. */
  async ask(frame: Frame): Promise<Frame> {
    const asked = { id: randomUUID(), ...frame };
    this.send(asked);
    return this.answerTo(asked.id);
  }

  /** Asks a question and resolves with the answer. */
  async chat(content: string, more: object = {}): Promise<Frame> {
    const { run_id } = await this.ask({ type: 'chat', content, ...more });
    return this.frame((frame) => frame.type === 'assistant' && frame.run_id === run_id && frame.status !== 'partial');
  }

  /** Asks a question; resolves with all that comes until the run has ended or asks something, or the question is refused. */
  async turn(content: string, more: object = {}): Promise<readonly Frame[]> {
    const from = this.received.length;
    this.send({ type: 'chat', content, ...more });
    await this.frame(({ type }) => type === 'run.finished' || type === 'interrupt' || type === 'error', { from });
    return this.received.slice(from);
  }

  answerTo(id: string): Promise<Frame> {
    return this.frame(({ type, re }) => (type === 'ack' || type === 'error') && re === id);
  }

  /** The first frame that is so, of those after the first `from`, once it has come. Rejects when the socket is closed before. */
  async frame(isIt: (frame: Frame) => boolean, { from = 0, withinMs = 60_000 } = {}): Promise<Frame> {
    return until(async () => {
      const found = this.received.slice(from).find(isIt);
      if (!found && this.socket.readyState >= WebSocket.CLOSING) throw new Error('The socket is closed.');
      return found;
    }, withinMs);
  }

  /** The end of a run, once it has come; then all its events. */
  async run(runId: string | undefined): Promise<readonly Frame[]> {
    await this.frame(({ type, run_id }) => type === 'run.finished' && run_id === runId);
    return this.events(runId);
  }

  events(runId: string | undefined): readonly Frame[] {
    return this.received.filter(({ run_id, seq }) => run_id === runId && seq !== undefined);
  }

  close(): void {
    this.socket.close();
  }
}

/** What the assistant says at the end. */
export function answerOf(frames: readonly Frame[]): Frame {
  const found = frames.findLast(({ type }) => type === 'assistant');
  if (!found) throw new Error(`No answer among ${JSON.stringify(frames).slice(0, 2000)}`);
  return found;
}
