import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { ChatClient, type Frame } from '../chat-client.js';
import { speaking } from '../models/say.js';
import { Load } from './load.js';

const answerText =
  'There is nothing to count here, since this answer stands for the many that take their time while the one who asked ' +
  'reads along, loses the connection, comes back elsewhere and goes on where the last word was.';
/** Time between two words of an answer. */
const pauseMs = 50;
const withinMs = 90_000;

/** What a language model has to say for it. */
export const slowAnswer = { ...speaking(answerText), pause: pauseMs };

/** A question, and what came of it so far. */
interface Turn {
  readonly clientId: string;
  readonly conversationId: string | undefined;
  runId?: string;
  readonly events: Frame[];
}

/** Questions over sockets that are opened again elsewhere when they are told to. */
export class ChatLoad extends Load {
  /** Sockets that were told to go elsewhere, or broke. */
  moved = 0;
  private readonly sockets = new Map<number, ChatClient>();
  private readonly conversations = new Map<string, Turn[]>();
  private readonly conversationOf = new Map<number, string>();

  protected override async step(lane: number): Promise<void> {
    const turn: Turn = { clientId: randomUUID(), conversationId: this.conversationOf.get(lane), events: [] };
    while (turn.events.at(-1)?.type !== 'run.finished') {
      const socket = await this.socketOf(lane);
      await this.goOn(turn, socket).catch((error: unknown) => {
        if (socket.socket.readyState <= socket.socket.OPEN) throw error;
      });
    }
    const conversationId = turn.events[0]!.conversation_id!;
    this.conversationOf.set(lane, conversationId);
    this.conversations.set(conversationId, [...(this.conversations.get(conversationId) ?? []), turn]);
    const { outcome } = turn.events.at(-1)!;
    if (this.requests.patience === 'fails at once' && outcome !== 'completed')
      this.requests.fail(`Run ${turn.runId} has ended as ${JSON.stringify(turn.events.at(-1))}`);
  }

  override async end(): Promise<void> {
    await super.end();
    for (const client of this.sockets.values()) {
      if (client.socket.readyState === client.socket.OPEN) client.close();
      else await this.judgeEnd(client);
    }
  }

  /** Every question has one answer, and what was told of each run is what is known of it. */
  async verify(): Promise<void> {
    for (const [conversationId, turns] of this.conversations) {
      const path = `/conversations/${conversationId}/messages?limit=200`;
      const { body } = await this.requests.send('GET', path);
      const messages = body.items as { role: string; run_id?: string; content: string; status: string }[];
      expect(messages.map(({ role, run_id }) => [role, run_id])).toEqual(
        turns.flatMap(({ runId }) => [
          ['user', runId],
          ['assistant', runId],
        ]),
      );
      for (const { events, runId } of turns) {
        const { outcome } = events.at(-1)!;
        const answer = messages.find(({ role, run_id }) => role === 'assistant' && run_id === runId)!;
        if (outcome === 'completed') expect(answer).toMatchObject({ content: answerText, status: 'completed' });
        else expect(answer.content.slice(0, said(events).length)).toBe(said(events));
        const { body: run } = await this.requests.send('GET', `/runs/${runId}`);
        expect(run.state).toBe(outcome);
      }
    }
  }

  /** The lane's socket, or a new one in place of one that is closed. */
  private async socketOf(lane: number): Promise<ChatClient> {
    const known = this.sockets.get(lane);
    if (known?.socket.readyState === known?.socket.OPEN && known) return known;
    if (known) await this.judgeEnd(known);
    const deadline = performance.now() + withinMs;
    for (;;) {
      const socket = await ChatClient.open(this.requests.address, this.requests.token);
      this.sockets.set(lane, socket);
      if (socket.received[0]?.type === 'welcome') return socket;
      if (this.requests.patience === 'fails at once' || performance.now() > deadline)
        throw this.requests.fail(`No welcome to a socket: ${JSON.stringify([socket.received, await socket.closed])}`);
      await delay(100);
    }
  }

  private async judgeEnd(socket: ChatClient): Promise<void> {
    const { code } = await socket.closed;
    this.moved += 1;
    if (this.requests.patience === 'tries again') return;
    if (code !== 1001 || socket.received.at(-1)?.type !== 'going_away')
      this.requests.fail(`A socket was closed with ${code} after ${JSON.stringify(socket.received.at(-1))}`);
  }

  /** Asks, or follows the run further, until its end. Rejects when the socket is closed before. */
  private async goOn(turn: Turn, socket: ChatClient): Promise<void> {
    const from = socket.received.length;
    if (turn.runId === undefined) turn.runId = (await this.ask(turn, socket)).run_id!;
    else {
      const last = { run_id: turn.runId, after: turn.events.at(-1)?.seq ?? 0 };
      this.expectTaken(await this.request(socket, { type: 'subscribe', ...last }));
    }
    let read = from;
    const isLast = ({ type, run_id }: Frame) => type === 'run.finished' && run_id === turn.runId;
    const take = () => {
      for (; read < socket.received.length; read += 1) this.take(turn, socket.received[read]!);
    };
    await socket.frame(isLast, { from, withinMs }).finally(take);
  }

  /** A question whose acknowledgement was lost is asked again under the same id. */
  private async ask({ clientId, conversationId }: Turn, socket: ChatClient): Promise<Frame> {
    const question = { type: 'chat', content: 'What is there?', id: clientId };
    const named = conversationId === undefined ? question : { ...question, conversation_id: conversationId };
    return this.expectTaken(await this.request(socket, named));
  }

  private async request(socket: ChatClient, frame: Frame): Promise<Frame> {
    const asked = { id: randomUUID(), ...frame };
    const from = socket.received.length;
    socket.send(asked);
    return socket.frame(({ type, re }) => (type === 'ack' || type === 'error') && re === asked.id, { from, withinMs });
  }

  private expectTaken(answer: Frame): Frame {
    if (answer.type !== 'ack') throw this.requests.fail(`A frame was refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  private take(turn: Turn, frame: Frame): void {
    if (frame.run_id !== turn.runId || frame.seq === undefined) return;
    const expected = (turn.events.at(-1)?.seq ?? 0) + 1;
    if (frame.seq !== expected) this.requests.fail(`Event ${frame.seq} of ${turn.runId} came in place of ${expected}`);
    turn.events.push(frame);
  }
}

/** What the assistant had said by the last of the events. */
function said(events: readonly Frame[]): string {
  return events
    .map(({ type, text = '' }) => (type === 'text.delta' ? text : ''))
    .join('')
    .trim();
}
