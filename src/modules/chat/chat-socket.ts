import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import { TooManyRequests } from '../../platform/errors/common-problems.js';
import type { Problem } from '../../platform/errors/problem.js';
import { asProblem, problemDocument } from '../../platform/http/problem-document.js';
import type { AccessHolds } from '../access/access-holds.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied } from '../access/errors.js';
import type { Authenticator, Identity } from '../auth/authenticator.js';
import type { RunFrame } from '../runs/run-event.js';
import type { RunsService } from '../runs/runs.service.js';
import { socketLimits } from './chat-limits.js';
import type { ChatService } from './chat.service.js';
import { type CloseCode, closeCodes } from './close-codes.js';
import { AlreadyAuthenticated, NothingAsked, SocketClosedToYou, TooManyWaiting } from './errors.js';
import {
  CancelFrame,
  ChatFrame,
  type Frame,
  HelloFrame,
  PingFrame,
  readFrame,
  RespondFrame,
  SubscribeFrame,
  UnreadableFrame,
} from './frames.js';

/** What all sockets of the process share. */
export interface SocketParts {
  readonly authenticator: Authenticator;
  readonly holds: AccessHolds;
  readonly chat: ChatService;
  readonly runs: RunsService;
  readonly logger: Logger;
  /** Called once with the user; throws `TooManyRequests` when they have too many sockets. */
  readonly admit: (userId: string) => void;
}

/** One client: reads its frames one by one, follows runs for it, and never lets it hold up the service. */
export class ChatSocket {
  private identity: Identity | undefined;
  private readonly closing = new AbortController();
  private readonly holds = new Map<string, () => void>();
  private readonly followed = new Map<string, AbortController>();
  /** Runs of this socket that wait for an answer of their user, by interrupt. */
  private readonly asking = new Map<string, { runId: string; workspaceId: string }>();
  private conversationId: string | undefined;
  private inTurn: Promise<unknown> = Promise.resolve();
  private ownTurn: Promise<unknown> = Promise.resolve();
  /** Called when the run has been answered, or asks something itself. */
  private readonly answered = new Map<string, () => void>();
  private waiting = 0;
  private frames = 0;
  private missedPings = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly address: string,
    private readonly parts: SocketParts,
  ) {}

  get userId(): string | undefined {
    return this.identity?.userId;
  }

  /** Takes the socket over. With a token it is authenticated at once, without one it has to say hello. */
  start(token: string | undefined): void {
    this.socket.on('message', (data, isBinary) => this.received(data, isBinary));
    this.socket.on('pong', () => (this.missedPings = 0));
    this.socket.on('error', (error: Error & { code?: string }) => this.broken(error));
    this.socket.once('close', () => this.closed());
    if (token === undefined) this.expectHello();
    else this.inTurn = this.authenticate(token);
    this.keepAlive();
  }

  /** The service stops: whatever runs goes on, and can be followed again on another replica. */
  goAway(reconnectAfterMs: number): void {
    this.send({ type: 'going_away', reconnect_after_ms: reconnectAfterMs });
    this.close(closeCodes.goingAway, 'The service is restarting.');
  }

  private expectHello(): void {
    const late = () => this.identity ?? this.close(closeCodes.noHello, 'No hello within five seconds.');
    const timer = setTimeout(late, socketLimits.helloMs);
    this.closing.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  private keepAlive(): void {
    const ping = setInterval(() => {
      if (this.missedPings >= socketLimits.missedPings) return this.socket.terminate();
      this.missedPings += 1;
      this.socket.ping();
    }, socketLimits.pingMs);
    const counting = setInterval(() => (this.frames = 0), 10_000);
    this.closing.signal.addEventListener('abort', () => {
      clearInterval(ping);
      clearInterval(counting);
    });
  }

  private received(data: unknown, isBinary: boolean): void {
    if (isBinary) return this.close(closeCodes.badFrame, 'Frames are text.');
    this.frames += 1;
    if (this.frames > socketLimits.framesPerTenSeconds) return this.close(closeCodes.tooMany, 'Too many frames.');
    let frame: Frame;
    try {
      frame = readFrame(String(data));
    } catch (error) {
      if (error instanceof UnreadableFrame) return this.close(closeCodes.badFrame, error.message);
      return this.refuse(idOf(String(data)), error);
    }
    // Frames take effect in the order in which they came, beginning with the one that authenticates.
    this.inTurn = this.inTurn.then(() => this.handle(frame)).catch((error: unknown) => this.refuse(frame.id, error));
  }

  private async handle(frame: Frame): Promise<void> {
    if (frame instanceof PingFrame) return this.send({ type: 'pong', ...(frame.id !== undefined && { re: frame.id }) });
    if (frame instanceof HelloFrame) {
      if (this.identity) throw new AlreadyAuthenticated();
      await this.authenticate(frame.token);
      return this.acknowledge(frame.id);
    }
    if (!this.identity) throw new SocketClosedToYou();
    const caller = await this.caller(frame.workspace_id);
    if (frame instanceof ChatFrame) return this.ask(caller, frame);
    if (frame instanceof SubscribeFrame) return this.subscribe(caller, frame);
    if (frame instanceof CancelFrame) return this.cancel(caller, frame);
    return this.respond(caller, frame);
  }

  private async authenticate(token: string): Promise<void> {
    try {
      const identity = await this.parts.authenticator.identify(token);
      this.parts.admit(identity.userId);
      this.identity = identity;
      await this.caller(undefined);
    } catch (error) {
      const { kind, message } = asProblem(error, { method: 'GET', path: '/ws' });
      if (error instanceof TooManyRequests) return this.close(closeCodes.tooMany, message);
      return this.close(kind.status === 401 ? closeCodes.notAuthenticated : closeCodes.notAllowed, message);
    }
    const { frameBytes, framesPerTenSeconds, waitingQuestions, followedRuns } = socketLimits;
    const limits = {
      frame_bytes: frameBytes,
      frames_per_ten_seconds: framesPerTenSeconds,
      waiting_questions: waitingQuestions,
      followed_runs: followedRuns,
    };
    this.send({ type: 'welcome', limits });
  }

  /** The user in a workspace; the socket ends with the right to it. */
  private async caller(workspaceId: string | undefined): Promise<Caller> {
    const identity = this.identity!;
    const rights = await this.parts.authenticator.authorise(identity, workspaceId);
    const caller: Caller = { ...identity, ...rights, address: this.address, actingUnder: 'chat:use' };
    if (!rights.permissions.has('chat:use')) throw new PermissionDenied('chat:use');
    if (!this.holds.has(rights.workspaceId) && !this.closing.signal.aborted) {
      const end = () => this.close(closeCodes.notAllowed, 'You may no longer use this.');
      this.holds.set(rights.workspaceId, this.parts.holds.hold(caller, end));
    }
    return caller;
  }

  private async ask(caller: Caller, frame: ChatFrame): Promise<void> {
    if (frame.conversation_id !== undefined) {
      await this.askNow(caller, frame, frame.conversation_id);
      return;
    }
    if (this.waiting >= socketLimits.waitingQuestions) throw new TooManyWaiting(socketLimits.waitingQuestions);
    // Questions of the socket's own conversation wait for each other, so that the simplest client gets every answer.
    this.waiting += 1;
    this.ownTurn = this.ownTurn
      .then(() => this.takeTurn(caller, frame))
      .catch((error: unknown) => this.refuse(frame.id, error));
  }

  private async takeTurn(caller: Caller, frame: ChatFrame): Promise<void> {
    this.waiting -= 1;
    if (this.closing.signal.aborted) return;
    const runId = await this.askNow(caller, frame, this.conversationId);
    await new Promise<void>((resolve) => this.answered.set(runId, resolve));
  }

  private async askNow(caller: Caller, frame: ChatFrame, conversationId: string | undefined): Promise<string> {
    const { id, content, chatbot_id: chatbotId } = frame;
    const { run, repeated, resumed } = await this.parts.chat.ask(caller, {
      content,
      conversationId,
      chatbotId,
      clientId: id,
    });
    if (frame.conversation_id === undefined) this.conversationId = run.conversation_id;
    this.acknowledge(id, { run_id: run.run_id, ...(repeated && { duplicate: true }) });
    const alreadyFollowed = resumed && this.followed.has(run.run_id);
    if (!alreadyFollowed) void this.follow(caller, run.run_id, 0);
    return run.run_id;
  }

  private async subscribe(caller: Caller, { id, run_id: runId, after }: SubscribeFrame): Promise<void> {
    await this.parts.runs.get(caller, runId);
    this.acknowledge(id, { run_id: runId });
    void this.follow(caller, runId, after, id);
  }

  private async cancel(caller: Caller, { id, run_id: runId }: CancelFrame): Promise<void> {
    const { run_id } = await this.parts.runs.get(caller, runId);
    this.acknowledge(id, { run_id });
    await this.parts.runs.cancel(caller, runId);
  }

  private async respond(caller: Caller, frame: RespondFrame): Promise<void> {
    const { id, interrupt_id: interruptId, value } = frame;
    const asked = this.asking.get(interruptId);
    const runId = frame.run_id ?? asked?.runId;
    if (runId === undefined) throw new NothingAsked(interruptId);
    const asker = frame.workspace_id === undefined && asked ? await this.caller(asked.workspaceId) : caller;
    await this.parts.runs.respond(asker, runId, interruptId, value);
    this.asking.delete(interruptId);
    this.acknowledge(id, { run_id: runId });
  }

  /** Sends the events of a run at the client's pace, until it has ended or the client goes. */
  private async follow(caller: Caller, runId: string, after: number, re?: string): Promise<void> {
    if (this.followed.size >= socketLimits.followedRuns && !this.followed.has(runId))
      return this.refuse(re, new TooManyRequests('This socket follows too many runs.', { 'retry-after': '5' }));
    this.followed.get(runId)?.abort();
    const stop = new AbortController();
    this.followed.set(runId, stop);
    const signal = AbortSignal.any([stop.signal, this.closing.signal]);
    try {
      for await (const frame of this.parts.runs.follow(caller, runId, after, signal)) {
        this.remember(frame, runId, caller.workspaceId);
        await this.sendText(frame.text);
      }
    } catch (error) {
      this.refuse(re, error);
    } finally {
      if (this.followed.get(runId) === stop) this.followed.delete(runId);
      this.release(runId);
    }
  }

  private remember({ type, text }: RunFrame, runId: string, workspaceId: string): void {
    if (type !== 'interrupt') return;
    this.asking.set((JSON.parse(text) as { interrupt_id: string }).interrupt_id, { runId, workspaceId });
    this.release(runId);
  }

  /** The next question of the socket's own conversation may come. */
  private release(runId: string): void {
    this.answered.get(runId)?.();
    this.answered.delete(runId);
  }

  private acknowledge(re: string | undefined, more: object = {}): void {
    if (re !== undefined) this.send({ type: 'ack', re, ...more });
  }

  private refuse(re: string | undefined, error: unknown): void {
    const problem = asProblem(error, { method: 'GET', path: '/ws' });
    if (problem.kind.status >= 500) this.parts.logger.error({ err: error }, 'A socket met an error');
    this.send({ type: 'error', ...(re !== undefined && { re }), problem: problemDocument(problem as Problem) });
  }

  private send(frame: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Waits while the client does not read, and gives it up when that takes too long. */
  private async sendText(text: string): Promise<void> {
    const { socket } = this;
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(text);
    for (let waited = 0; socket.bufferedAmount > socketLimits.bufferedBytes; waited += 20) {
      if (this.closing.signal.aborted) return;
      if (waited >= socketLimits.stallMs) return this.close(closeCodes.tooSlow, 'Too slow. Subscribe again.');
      await delay(20);
    }
  }

  private close(code: CloseCode, reason: string): void {
    // A close frame holds at most 123 bytes of reason.
    this.socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, 120)
        .toString('utf8')
        .replace(/\uFFFD$/, ''),
    );
    this.closing.abort();
    setTimeout(() => this.socket.terminate(), 2_000).unref();
  }

  private broken(error: Error & { code?: string }): void {
    const tooLarge =
      error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' || error.code === 'WS_ERR_TOO_MANY_BUFFERED_PARTS';
    if (tooLarge) this.close(closeCodes.tooLarge, `Frames have at most ${socketLimits.frameBytes} bytes.`);
    else this.socket.terminate();
  }

  private closed(): void {
    this.closing.abort();
    for (const release of this.holds.values()) release();
    this.holds.clear();
  }
}

/** The id of a frame that has faults, if it has one. */
function idOf(text: string): string | undefined {
  const { id } = JSON.parse(text) as { id?: unknown };
  return typeof id === 'string' && id.length <= 100 ? id : undefined;
}
