import { ApiProblem, asProblem } from '../api/problem';
import { session } from '../session';
import type { ProblemFrame, Request, RunEvent, ServerFrame } from './frames';
import { type Effect, type Input, type Link, type Phase, step, unlinked } from './link';

type Moment<Kind extends Input> = Kind extends Input ? Omit<Kind, 'at'> : never;

interface Promised {
  readonly resolve: (runId: string | undefined) => void;
  readonly reject: (problem: ApiProblem) => void;
}

interface RunListener {
  readonly event: (event: RunEvent) => void;
  /** The run's events cannot be had any more. */
  readonly lost: (runId: string, problem: ApiProblem) => void;
}

/**
 * The tab's one connection to the chat. What has to be decided is decided by `step`; here is only what touches the
 * world: sockets, tokens, timers.
 */
class Socket {
  private link: Link = unlinked;
  private socket: WebSocket | undefined;
  private token = '';
  private connecting: ReturnType<typeof setTimeout> | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private readonly promised = new Map<string, Promised>();
  private readonly runListeners = new Set<RunListener>();
  private readonly phaseListeners = new Set<() => void>();

  get phase(): Phase {
    return this.link.phase;
  }

  onPhase(listener: () => void): () => void {
    this.phaseListeners.add(listener);
    return () => void this.phaseListeners.delete(listener);
  }

  onRun(listener: RunListener): () => void {
    this.runListeners.add(listener);
    return () => void this.runListeners.delete(listener);
  }

  /** Opens the connection and keeps it open. */
  want(): void {
    this.watch();
    this.take({ type: 'wanted' });
  }

  /**
   * Says something until the service has answered it, over as many connections as that takes. Resolves to the run that
   * it is about; rejects with an `ApiProblem` when the service refuses.
   */
  say(request: Request): Promise<string | undefined> {
    this.watch();
    return new Promise((resolve, reject) => {
      this.promised.set(request.id, { resolve, reject });
      this.take({ type: 'say', request });
    });
  }

  /** Passes the events of a run on that come after `after`, each once and in order. */
  follow(runId: string, after: number, workspaceId: string | undefined): void {
    this.watch();
    this.take({ type: 'follow', runId, after, workspaceId });
  }

  private take(moment: Moment<Input>): void {
    const [link, effects] = step(this.link, { ...moment, at: Date.now() });
    const changed = link.phase !== this.link.phase;
    this.link = link;
    for (const effect of effects) this.do(effect);
    if (changed) for (const listener of this.phaseListeners) listener();
  }

  private do(effect: Effect): void {
    switch (effect.type) {
      case 'connect':
        clearTimeout(this.connecting);
        this.connecting = setTimeout(() => void this.connect(effect.renew), effect.afterMs);
        return;
      case 'disconnect':
        return this.ended(this.socket, 0);
      case 'send':
        return this.socket?.send(JSON.stringify(effect.frame));
      case 'taken':
        return this.settle(effect.id)?.resolve(effect.runId);
      case 'refused':
        return this.settle(effect.id)?.reject(problemOf(effect.problem));
      case 'event':
        return this.runListeners.forEach(({ event }) => event(effect.event));
      case 'lost':
        return this.runListeners.forEach(({ lost }) => lost(effect.runId, problemOf(effect.problem)));
    }
  }

  private settle(id: string): Promised | undefined {
    const promised = this.promised.get(id);
    this.promised.delete(id);
    return promised;
  }

  private async connect(renew: boolean): Promise<void> {
    try {
      this.token = renew ? await session.renew(this.token) : await session.token();
    } catch (error) {
      if (asProblem(error).slug === 'session-ended') this.take({ type: 'signed-out' });
      else this.take({ type: 'closed', code: 0, random: Math.random() });
      return;
    }
    const socket = new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}/ws`);
    this.socket = socket;
    socket.addEventListener('open', () => {
      if (socket === this.socket) this.take({ type: 'opened', token: this.token });
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.socket) this.take({ type: 'frame', frame: JSON.parse(String(data)) as ServerFrame });
    });
    socket.addEventListener('close', ({ code }) => this.ended(socket, code));
  }

  /** At most once for each connection. */
  private ended(socket: WebSocket | undefined, code: number): void {
    if (!socket || socket !== this.socket) return;
    this.socket = undefined;
    socket.close();
    this.take({ type: 'closed', code, random: Math.random() });
  }

  /** Begins to look at the time, at the session and at the network; does nothing the second time. */
  private watch(): void {
    if (this.ticking !== undefined) return;
    this.ticking = setInterval(() => this.take({ type: 'tick' }), 1000);
    session.subscribe(() => {
      if (session.state === 'signed-out') this.forget();
      else if (session.state === 'signed-in' && this.phase === 'signed-out') this.take({ type: 'wanted' });
    });
    window.addEventListener('online', () => this.hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.hurry();
    });
  }

  /** Somebody is looking, or the network is back: the next attempt does not wait. */
  private hurry(): void {
    if (this.phase === 'waiting') this.take({ type: 'wanted' });
  }

  /** Whoever signs in next knows nothing of what was said here. */
  private forget(): void {
    clearTimeout(this.connecting);
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
    this.promised.clear();
    this.link = unlinked;
    for (const listener of this.phaseListeners) listener();
  }
}

function problemOf({ type, title, status, detail, request_id }: ProblemFrame): ApiProblem {
  return new ApiProblem(status, type.split('/').at(-1) ?? 'unknown', title, detail, [], request_id);
}

export const chatSocket = new Socket();
