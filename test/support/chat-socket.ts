import { WebSocket } from 'ws';
import type { TestApp } from './app.js';

export interface ChatFrame {
  readonly type: string;
  readonly seq?: number;
  readonly run_id?: string;
  readonly conversation_id?: string;
  readonly [member: string]: unknown;
}

/** A client of the chat's socket that remembers all frames. */
export class ChatClient {
  readonly frames: ChatFrame[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)) as ChatFrame);
      for (const wake of this.waiting) wake();
    });
    socket.on('close', () => this.waiting.forEach((wake) => wake()));
  }

  static async open({ address, owner }: TestApp, token = owner.token!): Promise<ChatClient> {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/ws?token=${token}`);
    const client = new ChatClient(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The first frame after `from` that fits. */
  async next(fits: (frame: ChatFrame) => boolean, from = 0, withinMs = 15_000): Promise<ChatFrame> {
    const end = Date.now() + withinMs;
    for (;;) {
      const found = this.frames.slice(from).find(fits);
      if (found) return found;
      const left = end - Date.now();
      if (left <= 0 || this.socket.readyState === WebSocket.CLOSED)
        throw new Error(`No such frame among ${JSON.stringify(this.frames.slice(from)).slice(0, 4000)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        const wake = () => (clearTimeout(timer), this.waiting.delete(wake), resolve());
        this.waiting.add(wake);
      });
    }
  }

  /** Asks in the socket's own conversation, and waits for the end of the run. */
  async ask(content: string, more: object = {}): Promise<readonly ChatFrame[]> {
    const from = this.frames.length;
    this.send({ type: 'chat', content, ...more });
    await this.next(({ type }) => type === 'run.finished' || type === 'interrupt' || type === 'error', from);
    return this.frames.slice(from);
  }

  close(): void {
    this.socket.close();
  }
}

/** What the assistant says at the end. */
export function answerOf(frames: readonly ChatFrame[]): ChatFrame {
  const found = frames.findLast(({ type }) => type === 'assistant');
  if (!found) throw new Error(`No answer among ${JSON.stringify(frames).slice(0, 2000)}`);
  return found;
}
