import type { IncomingMessage } from 'node:http';
import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayConnection, WebSocketGateway } from '@nestjs/websockets';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { Config } from '../../../config/config.js';
import { TooManyRequests } from '../../../platform/errors/common-problems.js';
import { clientAddress } from '../../../platform/http/client-address.js';
import { RateLimiter } from '../../../platform/http/rate-limiter.js';
import { Lifecycle } from '../../../platform/lifecycle/lifecycle.js';
import { APP_LOGGER } from '../../../platform/logging/logger.js';
import { networkOf } from '../../../platform/security/network-of.js';
import { AccessHolds } from '../../access/access-holds.js';
import { AnalysisEvents } from '../../analysis-tracking/analysis-events.js';
import { Authenticator } from '../../auth/authenticator.js';
import { RunsService } from '../../runs/runs.service.js';
import { ChatService } from '../chat.service.js';
import { ChatSocket, type SocketParts } from './chat-socket.js';
import { ClientSocket } from './client-socket.js';
import { type CloseCode, closeCodes, closeReason } from './close-codes.js';
import { socketLimits } from './socket-limits.js';

const goingAwayMs = 1_000;

/** The socket at /ws: who may open it, and how many. What is said over it is the `ChatSocket`'s. */
@WebSocketGateway({
  path: '/ws',
  WebSocket: ClientSocket,
  maxPayload: socketLimits.frameBytes,
  maxFragments: socketLimits.fragments,
  maxBufferedChunks: socketLimits.fragments,
  closeTimeout: socketLimits.closeMs,
  clientTracking: true,
  perMessageDeflate: false,
})
export class SocketGateway implements OnGatewayConnection<WebSocket>, OnModuleDestroy {
  private readonly sockets = new Set<ChatSocket>();
  private readonly socketsOf = new Map<string, number>();
  private readonly opened: RateLimiter;
  private readonly parts: SocketParts;
  private readonly sweep: NodeJS.Timeout;

  constructor(
    authenticator: Authenticator,
    holds: AccessHolds,
    chat: ChatService,
    runs: RunsService,
    analyses: AnalysisEvents,
    private readonly config: Config,
    private readonly lifecycle: Lifecycle,
    @Inject(APP_LOGGER) logger: Logger,
  ) {
    this.parts = { authenticator, holds, chat, runs, analyses, logger, admit: (userId) => this.admit(userId) };
    this.opened = new RateLimiter({
      subject: 'of sockets opened from one address',
      points: config.socketsOpenedPerMinute,
      seconds: 60,
    });
    this.sweep = setInterval(() => this.look(), socketLimits.sweepMs).unref();
    lifecycle.signal.addEventListener('abort', () => this.sendAway());
  }

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    const address = clientAddress(request, this.config.trustedProxyHops);
    const refusal = this.refusal(request, address);
    if (refusal) return refuse(client, refusal);
    const socket = new ChatSocket(client, request.socket, address, this.parts);
    if (this.lifecycle.signal.aborted) return void socket.goAway(goingAwayMs);
    this.sockets.add(socket);
    client.once('close', () => this.forget(socket));
    socket.start(tokenOf(request));
  }

  onModuleDestroy(): void {
    clearInterval(this.sweep);
    this.sendAway();
  }

  private refusal(request: IncomingMessage, address: string): Refusal | undefined {
    if (!this.isFromHere(request)) return { code: closeCodes.notAllowed, reason: 'Foreign origin.' };
    try {
      this.opened.take(networkOf(address));
      return undefined;
    } catch (error) {
      return { code: closeCodes.tooMany, reason: (error as TooManyRequests).message };
    }
  }

  /** Browsers say which page opens a socket; only pages of ours, or allowed ones, may. */
  private isFromHere({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.config.corsOrigins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  private admit(userId: string): void {
    const limit = this.config.socketsPerUser;
    const theirs = this.socketsOf.get(userId) ?? 0;
    if (theirs >= limit) throw new TooManyRequests(`You have ${limit} sockets open already.`, { 'retry-after': '5' });
    this.socketsOf.set(userId, theirs + 1);
  }

  private forget(socket: ChatSocket): void {
    this.sockets.delete(socket);
    const { userId } = socket;
    if (userId === undefined) return;
    const left = this.socketsOf.get(userId)! - 1;
    if (left === 0) this.socketsOf.delete(userId);
    else this.socketsOf.set(userId, left);
  }

  /** Ends what takes too long on any of the sockets; called a few times a second. */
  look(now = performance.now()): void {
    for (const socket of this.sockets) socket.look(now);
  }

  private sendAway(): void {
    for (const socket of this.sockets) void socket.goAway(goingAwayMs);
  }
}

interface Refusal {
  readonly code: CloseCode;
  readonly reason: string;
}

function refuse(client: WebSocket, { code, reason }: Refusal): void {
  client.on('error', () => client.terminate());
  client.close(code, closeReason(reason));
}

function tokenOf(request: IncomingMessage): string | undefined {
  return new URLSearchParams(request.url?.split('?')[1]).get('token') ?? undefined;
}
