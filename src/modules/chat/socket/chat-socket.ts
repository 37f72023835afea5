import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { TooManyRequests } from '../../../platform/errors/common-problems.js';
import { asProblem, problemDocument } from '../../../platform/http/problem-document.js';
import { withRequestId } from '../../../platform/http/request-context.js';
import type { AccessHolds } from '../../access/access-holds.js';
import type { Caller } from '../../access/caller.js';
import { PermissionDenied } from '../../access/errors.js';
import type { AnalysisEvents } from '../../analysis-tracking/analysis-events.js';
import type { Authenticator, Identity } from '../../auth/authenticator.js';
import { runOfInterrupt } from '../../runs/run.js';
import type { RunsService } from '../../runs/runs.service.js';
import type { Asked, ChatService } from '../chat.service.js';
import { AlreadyAuthenticated, NothingAsked, SocketClosedToYou, TooManyWaiting } from '../errors.js';
import { type CloseCode, closeCodes } from './close-codes.js';
import { FollowedRuns } from './followed-runs.js';
import {
  CancelFrame,
  ChatFrame,
  FollowAnalysisFrame,
  type Frame,
  HelloFrame,
  PingFrame,
  RespondFrame,
  SubscribeFrame,
} from './frame.dto.js';
import type { ServerFrame } from './server-frame.js';
import { SocketIntake } from './socket-intake.js';
import { socketLimits } from './socket-limits.js';
import { SocketOutlet } from './socket-outlet.js';

/** What all sockets of the process share. */
export interface SocketParts {
  readonly authenticator: Authenticator;
  readonly holds: AccessHolds;
  readonly chat: ChatService;
  readonly runs: RunsService;
  readonly analyses: AnalysisEvents;
  readonly logger: Logger;
  /** Called once with the user; throws `TooManyRequests` when they have too many sockets. */
  readonly admit: (userId: string) => void;
}

/** One client: who it is, what it asks and follows. Never lets it hold up the service. */
export class ChatSocket {
  private readonly id = randomUUID();
  private readonly outlet: SocketOutlet;
  private readonly intake: SocketIntake;
  private readonly followed: FollowedRuns;
  private readonly followedAnalyses: FollowedRuns;
  private readonly openedAt = performance.now();
  private pingedAt = performance.now();
  private missedPings = 0;
  private identity: Identity | undefined;
  private readonly holds = new Map<string, () => void>();
  /** The conversation of questions that name none, by workspace. */
  private readonly ownConversations = new Map<string, string>();
  private ownTurn: Promise<void> = Promise.resolve();
  /** The latest question of the socket's own conversation, until it is stored. */
  private asking: Promise<unknown> = Promise.resolve();
  private waitingQuestions = 0;

  constructor(
    private readonly socket: WebSocket,
    wire: Writable,
    private readonly address: string,
    private readonly parts: SocketParts,
  ) {
    this.outlet = new SocketOutlet(socket, wire);
    this.intake = new SocketIntake(socket, this);
    const { runs, analyses } = parts;
    this.followed = new FollowedRuns(
      {
        follow: (...which) => runs.follow(...which),
        // An interrupt of the past, which was answered long ago, asks nothing.
        isAsking: async (caller, runId) => (await runs.get(caller, runId)).state === 'suspended',
      },
      this.outlet,
      (run_id, error) => this.broken({ run_id }, error),
    );
    this.followedAnalyses = new FollowedRuns(
      { follow: (...which) => analyses.frames(...which), isAsking: async () => false },
      this.outlet,
      (request_id, error) => this.broken({ request_id }, error),
    );
    socket.on('pong', () => (this.missedPings = 0));
    // The close that follows says all that there is to say about a client's fault.
    socket.on('error', () => this.stop());
    socket.once('close', () => this.stop());
  }

  /** Undefined until the client has been authenticated. */
  get userId(): string | undefined {
    return this.identity?.userId;
  }

  /** With a token the socket is authenticated at once, without one its client has to say hello. */
  start(token: string | undefined): void {
    if (token !== undefined) this.intake.begin(this.authenticate(token));
  }

  /** Called a few times a second: ends what takes too long, and asks from time to time whether the client is there. */
  look(now: number): void {
    if (!this.outlet.isOpen) return;
    if (!this.identity && now - this.openedAt >= socketLimits.helloMs)
      return this.close(closeCodes.noHello, 'No hello within five seconds.');
    if (this.outlet.stalledFor(now) >= socketLimits.stallMs)
      return this.close(closeCodes.tooSlow, 'Too slow. Subscribe again.');
    if (now - this.pingedAt < socketLimits.pingMs) return;
    if (this.missedPings >= socketLimits.missedPings) return this.socket.terminate();
    this.pingedAt = now;
    this.missedPings += 1;
    this.socket.ping();
  }

  /**
   * The service stops: whatever runs goes on, and can be followed again on another replica. Frames that are being served
   * get their answers first; what has none is to be said again.
   */
  async goAway(reconnectAfterMs: number): Promise<void> {
    const served = Promise.allSettled([this.intake.close(), this.asking]);
    await Promise.race([served, delay(socketLimits.closeMs, undefined, { ref: false })]);
    this.say({ type: 'going_away', reconnect_after_ms: reconnectAfterMs });
    this.close(closeCodes.goingAway, 'The service is restarting.');
  }

  async serve(frame: Frame): Promise<void> {
    await this.outlet.room();
    if (!this.outlet.isOpen) return;
    try {
      await new Promise<void>((resolve, reject) =>
        withRequestId(this.id, () => void this.handle(frame).then(resolve, reject)),
      );
    } catch (error) {
      this.refuse(frame.id, error);
    }
  }

  refuse(re: string | undefined, error: unknown): void {
    this.say({ type: 'error', ...(re !== undefined && { re }), problem: this.problemOf(error) });
  }

  close(code: CloseCode, reason: string): void {
    this.outlet.close(code, reason);
    this.stop();
  }

  private async handle(frame: Frame): Promise<void> {
    if (frame instanceof PingFrame) return this.say({ type: 'pong', ...(frame.id !== undefined && { re: frame.id }) });
    if (frame instanceof HelloFrame) return this.hello(frame);
    if (!this.identity) {
      this.refuse(frame.id, new SocketClosedToYou());
      return this.close(closeCodes.notAuthenticated, 'Say hello first.');
    }
    if (frame instanceof ChatFrame) return this.ask(await this.caller(frame.workspace_id), frame);
    if (frame instanceof SubscribeFrame) return this.subscribe(frame);
    if (frame instanceof FollowAnalysisFrame) return this.followAnalysis(frame);
    if (frame instanceof CancelFrame) return this.cancel(frame);
    return this.respond(frame);
  }

  private async hello({ id, token }: HelloFrame): Promise<void> {
    if (this.identity) throw new AlreadyAuthenticated();
    await this.authenticate(token);
    this.acknowledge(id);
  }

  private async authenticate(token: string): Promise<void> {
    try {
      const identity = await this.parts.authenticator.identify(token);
      if (!this.outlet.isOpen) return;
      this.parts.admit(identity.userId);
      this.identity = identity;
      await this.caller(await this.parts.authenticator.workspaceAllowing(identity, 'chat:use'));
    } catch (error) {
      const { status, detail } = this.problemOf(error);
      if (error instanceof TooManyRequests) return this.close(closeCodes.tooMany, detail);
      return this.close(status === 401 ? closeCodes.notAuthenticated : closeCodes.notAllowed, detail);
    }
    const { frameBytes, framesPerTenSeconds, waitingQuestions, followedRuns } = socketLimits;
    const limits = {
      frame_bytes: frameBytes,
      frames_per_ten_seconds: framesPerTenSeconds,
      waiting_questions: waitingQuestions,
      followed_runs: followedRuns,
    };
    this.say({ type: 'welcome', limits });
  }

  /** The user in a workspace; the socket ends with the right to it. */
  private async caller(workspaceId: string | undefined): Promise<Caller> {
    const identity = this.identity!;
    const rights = await this.parts.authenticator.authorise(identity, workspaceId);
    if (!rights.permissions.has('chat:use')) throw new PermissionDenied('chat:use');
    const caller: Caller = { ...identity, ...rights, address: this.address, actingUnder: 'chat:use' };
    this.holdFor(caller);
    return caller;
  }

  /** From now on the socket ends with the right under which the caller acts. */
  private holdFor(caller: Caller): void {
    const key = `${caller.workspaceId} ${caller.actingUnder}`;
    if (this.holds.has(key) || !this.outlet.isOpen) return;
    const end = () => this.close(closeCodes.notAllowed, 'You may no longer use this.');
    this.holds.set(key, this.parts.holds.hold(caller, end));
  }

  /** A run that the socket follows is found in its workspace without naming that again. */
  private callerFor(runId: string, workspaceId: string | undefined): Promise<Caller> {
    return this.caller(workspaceId ?? this.followed.workspaceOf(runId));
  }

  private async ask(caller: Caller, frame: ChatFrame): Promise<void> {
    this.followed.requireRoom();
    const { id, conversation_id: conversationId } = frame;
    const earlier = await this.parts.chat.earlier(caller, id);
    if (earlier) return void this.asked(caller, frame, earlier);
    if (conversationId !== undefined) return void (await this.askNow(caller, frame, conversationId));
    if (this.waitingQuestions >= socketLimits.waitingQuestions) throw new TooManyWaiting(socketLimits.waitingQuestions);
    // Questions of the socket's own conversation wait for each other, so that the simplest client gets every answer.
    this.waitingQuestions += 1;
    this.ownTurn = this.ownTurn
      .then(() => this.takeTurn(caller, frame))
      .catch((error: unknown) => this.refuse(id, error));
  }

  private async takeTurn(caller: Caller, frame: ChatFrame): Promise<void> {
    this.waitingQuestions -= 1;
    if (!this.outlet.isOpen) return;
    const asked = this.askNow(caller, frame, this.ownConversations.get(caller.workspaceId));
    this.asking = asked;
    await this.followed.turn(await asked);
  }

  private async askNow(caller: Caller, frame: ChatFrame, conversationId: string | undefined): Promise<string> {
    const { id: clientId, content, chatbot_id: chatbotId } = frame;
    return this.asked(
      caller,
      frame,
      await this.parts.chat.ask(caller, { content, conversationId, chatbotId, clientId }),
    );
  }

  private asked(caller: Caller, frame: ChatFrame, { run, repeated }: Asked): string {
    const { run_id: runId } = run;
    if (frame.conversation_id === undefined) this.ownConversations.set(caller.workspaceId, run.conversation_id);
    this.acknowledge(frame.id, { run_id: runId, ...(repeated && { duplicate: true }) });
    this.followed.followTurn(caller, runId);
    return runId;
  }

  private async subscribe({ id, run_id: runId, after = 0, workspace_id: workspaceId }: SubscribeFrame): Promise<void> {
    const caller = await this.callerFor(runId, workspaceId);
    this.followed.requireRoom(runId);
    await this.parts.runs.requireEvents(caller, runId);
    this.acknowledge(id, { run_id: runId });
    this.followed.follow(caller, runId, after);
  }

  private async followAnalysis({ id, request_id, after = 0, workspace_id }: FollowAnalysisFrame): Promise<void> {
    const caller = await this.caller(workspace_id ?? this.followedAnalyses.workspaceOf(request_id));
    if (!caller.permissions.has('analysis:read')) throw new PermissionDenied('analysis:read');
    this.followedAnalyses.requireRoom(request_id);
    await this.parts.analyses.require(caller, request_id);
    this.holdFor({ ...caller, actingUnder: 'analysis:read' });
    this.acknowledge(id, { request_id });
    this.followedAnalyses.follow(caller, request_id, after);
  }

  private async cancel({ id, run_id: runId, workspace_id: workspaceId }: CancelFrame): Promise<void> {
    await this.parts.runs.requestCancel(await this.callerFor(runId, workspaceId), runId);
    this.acknowledge(id, { run_id: runId });
  }

  private async respond(frame: RespondFrame): Promise<void> {
    const { id, interrupt_id: interruptId, value, workspace_id: workspaceId } = frame;
    const runId = frame.run_id ?? runOfInterrupt(interruptId);
    if (runId === undefined) throw new NothingAsked(interruptId);
    await this.parts.runs.respond(await this.callerFor(runId, workspaceId), runId, { interruptId, value });
    this.acknowledge(id, { run_id: runId });
  }

  /** The client knows from this that it has to subscribe again. */
  private broken(which: { run_id: string } | { request_id: string }, error: unknown): void {
    this.say({ type: 'error', ...which, problem: this.problemOf(error) });
  }

  private acknowledge(
    re: string | undefined,
    more: { run_id?: string; request_id?: string; duplicate?: true } = {},
  ): void {
    if (re !== undefined) this.say({ type: 'ack', re, ...more });
  }

  private problemOf(error: unknown) {
    const problem = asProblem(error, { method: 'GET', path: '/ws' });
    if (problem.kind.status >= 500)
      this.parts.logger.error({ err: error, request_id: this.id }, 'A socket met an error');
    return problemDocument(problem, { requestId: this.id });
  }

  private say(frame: ServerFrame): void {
    this.outlet.say(frame);
  }

  /** Nothing is sent to the client any more; its runs go on. */
  private stop(): void {
    this.outlet.wake();
    this.followed.stopAll();
    this.followedAnalyses.stopAll();
    for (const release of this.holds.values()) release();
    this.holds.clear();
  }
}
