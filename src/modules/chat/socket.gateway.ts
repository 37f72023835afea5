import type { IncomingMessage } from 'node:http';
import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayConnection, WebSocketGateway } from '@nestjs/websockets';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { Config } from '../../config/config.js';
import { TooManyRequests } from '../../platform/errors/common-problems.js';
import { RateLimiter } from '../../platform/http/rate-limiter.js';
import { Lifecycle } from '../../platform/lifecycle/lifecycle.js';
import { APP_LOGGER } from '../../platform/logging/logger.js';
import { networkOf } from '../../platform/security/network-of.js';
import { AccessHolds } from '../access/access-holds.js';
import { Authenticator } from '../auth/authenticator.js';
import { RunsService } from '../runs/runs.service.js';
import { socketLimits } from './chat-limits.js';
import { ChatService } from './chat.service.js';
import { ChatSocket } from './chat-socket.js';
import { closeCodes } from './close-codes.js';

const goingAwayMs = 1_000;

/** The socket at /ws: who may open it, and how many. What is said over it is the `ChatSocket`'s. */
@WebSocketGateway({
  path: '/ws',
  maxPayload: socketLimits.frameBytes,
  maxFragments: socketLimits.fragments,
  maxBufferedChunks: socketLimits.fragments,
  perMessageDeflate: false,
})
export class SocketGateway implements OnGatewayConnection<WebSocket>, OnModuleDestroy {
  private readonly sockets = new Set<ChatSocket>();
  private readonly opened: RateLimiter;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly holds: AccessHolds,
    private readonly chat: ChatService,
    private readonly runs: RunsService,
    private readonly config: Config,
    lifecycle: Lifecycle,
    @Inject(APP_LOGGER) private readonly logger: Logger,
  ) {
    this.opened = new RateLimiter({
      subject: 'of sockets opened from one address',
      points: config.socketsOpenedPerMinute,
      seconds: 60,
    });
    lifecycle.signal.addEventListener('abort', () => this.sendAway());
  }

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    const address = request.socket.remoteAddress ?? '';
    const refusal = this.refusal(request, address);
    if (refusal) return client.close(refusal.code, refusal.reason);
    const socket = new ChatSocket(client, address, {
      authenticator: this.authenticator,
      holds: this.holds,
      chat: this.chat,
      runs: this.runs,
      logger: this.logger,
      admit: (userId) => this.admit(userId),
    });
    this.sockets.add(socket);
    client.once('close', () => this.sockets.delete(socket));
    socket.start(tokenOf(request));
  }

  onModuleDestroy(): void {
    this.sendAway();
  }

  private refusal(request: IncomingMessage, address: string): { code: number; reason: string } | undefined {
    if (!this.isFromHere(request)) return { code: closeCodes.notAllowed, reason: 'Foreign origin.' };
    try {
      this.opened.take(networkOf(address));
      return undefined;
    } catch (error) {
      return { code: closeCodes.tooMany, reason: (error as Error).message.slice(0, 120) };
    }
  }

  /** Browsers say which page opens a socket, and send cookies along; only pages of ours, or allowed ones, may. */
  private isFromHere({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.config.corsOrigins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  private admit(userId: string): void {
    const limit = this.config.socketsPerUser;
    const theirs = [...this.sockets].filter((socket) => socket.userId === userId).length;
    if (theirs >= limit) throw new TooManyRequests(`You have ${limit} sockets open already.`, { 'retry-after': '5' });
  }

  private sendAway(): void {
    for (const socket of this.sockets) socket.goAway(goingAwayMs);
  }
}

function tokenOf(request: IncomingMessage): string | undefined {
  return new URL(request.url ?? '/', 'ws://localhost').searchParams.get('token') ?? undefined;
}
