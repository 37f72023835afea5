import {
  isRunEvent,
  type ClientFrame,
  type ProblemFrame,
  type Request,
  type RunEvent,
  type ServerFrame,
} from './frames';

/** A run whose events are wanted, and how far they have come. */
export interface Followed {
  /** `seq` of the last event that was passed on; the next one is this and 1. */
  readonly last: number;
  readonly workspaceId?: string;
  /** Milliseconds since 1970 of the last sign of it. */
  readonly heardAt: number;
  /** Id of a `subscribe` that has not been acknowledged yet. */
  readonly subscribing?: string;
}

interface Waiting {
  readonly request: Request;
  /** How often it has been sent. */
  readonly sent: number;
  /** When to send it again, because no answer came or the service could not take it. */
  readonly retryAt: number;
}

export type Phase = 'idle' | 'connecting' | 'greeting' | 'open' | 'waiting' | 'signed-out';

/** All that the page knows of its connection to the service. */
export interface Link {
  readonly phase: Phase;
  /** What has been said and not been answered, in that order. It survives any number of connections. */
  readonly outbox: readonly Waiting[];
  readonly followed: Readonly<Record<string, Followed>>;
  /** Connections in a row that did not come to be. */
  readonly failures: number;
  /** Since when the phase lasts, or when anything was heard last. */
  readonly heardAt: number;
  readonly pingedAt?: number;
  /** Makes ids of subscriptions and pings. */
  readonly counter: number;
  /** The service has said when to come back. */
  readonly reconnectAfterMs?: number;
}

export type Input = { readonly at: number } & (
  | { readonly type: 'wanted' }
  | { readonly type: 'opened'; readonly token: string }
  | { readonly type: 'frame'; readonly frame: ServerFrame }
  /** `random` is from 0 to 1 and spreads those who come back. */
  | { readonly type: 'closed'; readonly code: number; readonly random: number }
  | { readonly type: 'signed-out' }
  | { readonly type: 'say'; readonly request: Request }
  | { readonly type: 'follow'; readonly runId: string; readonly after: number; readonly workspaceId?: string }
  | { readonly type: 'tick' }
);

export type Effect =
  | { readonly type: 'connect'; readonly afterMs: number; readonly renew: boolean }
  | { readonly type: 'disconnect' }
  | { readonly type: 'send'; readonly frame: ClientFrame }
  | { readonly type: 'taken'; readonly id: string; readonly runId?: string }
  | { readonly type: 'refused'; readonly id: string; readonly problem: ProblemFrame }
  | { readonly type: 'event'; readonly event: RunEvent }
  /** The events of a run cannot be had any more; what it has left behind is in its conversation. */
  | { readonly type: 'lost'; readonly runId: string; readonly problem: ProblemFrame };

export type Step = readonly [Link, readonly Effect[]];

export const pingAfterMs = 20_000;
export const answerWithinMs = 10_000;
export const silenceMs = 30_000;
const retryMs = 2_000;
/** The service does not know the token, or the right behind it has ended. */
const refusals = new Set([4401, 4403]);

export const unlinked: Link = { phase: 'idle', outbox: [], followed: {}, failures: 0, heardAt: 0, counter: 0 };

/** 0.5 s, 1 s, 2 s … at most 15 s, spread over its upper half. */
export function backoffMs(failures: number, random: number): number {
  return Math.min(500 * 2 ** Math.min(failures, 10), 15_000) * (0.5 + random / 2);
}

/** The next state and what is to be done. No side effect: time and chance come in from outside. */
export function step(link: Link, input: Input): Step {
  switch (input.type) {
    case 'wanted':
      return wanted(link, input.at);
    case 'opened':
      return [
        { ...link, phase: 'greeting', heardAt: input.at },
        [send({ type: 'hello', id: 'hello', token: input.token })],
      ];
    case 'closed':
      return closed(link, input);
    case 'signed-out':
      return [{ ...link, phase: 'signed-out', heardAt: input.at }, []];
    case 'say':
      return say(link, input.request, input.at);
    case 'follow':
      return follow(link, input);
    case 'tick':
      return tick(link, input.at);
    case 'frame':
      return heard({ ...link, heardAt: input.at, pingedAt: undefined }, input.frame, input.at);
  }
}

function wanted(link: Link, at: number): Step {
  if (link.phase !== 'idle' && link.phase !== 'waiting' && link.phase !== 'signed-out') return [link, []];
  return [{ ...link, phase: 'connecting', heardAt: at }, [{ type: 'connect', afterMs: 0, renew: false }]];
}

function closed(link: Link, { code, random, at }: Extract<Input, { type: 'closed' }>): Step {
  const { reconnectAfterMs, ...rest } = link;
  const afterMs = reconnectAfterMs === undefined ? backoffMs(link.failures, random) : reconnectAfterMs * (1 + random);
  const followed = Object.fromEntries(
    Object.entries(link.followed).map(([runId, run]) => [runId, { ...run, subscribing: undefined }]),
  );
  const next: Link = {
    ...rest,
    phase: 'waiting',
    followed,
    failures: link.failures + 1,
    heardAt: at,
    pingedAt: undefined,
  };
  return [next, [{ type: 'connect', afterMs, renew: refusals.has(code) }]];
}

function say(link: Link, request: Request, at: number): Step {
  if (link.outbox.some((waiting) => waiting.request.id === request.id)) return [link, []];
  const isOpen = link.phase === 'open';
  const outbox = [...link.outbox, { request, sent: isOpen ? 1 : 0, retryAt: at + silenceMs }];
  if (isOpen) return [{ ...link, outbox }, [send(request)]];
  const [next, effects] = wanted({ ...link, outbox }, at);
  // Whoever waits for the next attempt goes on waiting: a service that is down is not asked more often for being wanted.
  return link.phase === 'idle' ? [next, effects] : [{ ...link, outbox }, []];
}

function follow(link: Link, { runId, after, workspaceId, at }: Extract<Input, { type: 'follow' }>): Step {
  if (link.followed[runId]) return [link, []];
  const followed = { ...link.followed, [runId]: { last: after, workspaceId, heardAt: at } };
  if (link.phase === 'open') return subscribe({ ...link, followed }, runId, at);
  return link.phase === 'idle' ? wanted({ ...link, followed }, at) : [{ ...link, followed }, []];
}

function subscribe(link: Link, runId: string, at: number): Step {
  const run = link.followed[runId]!;
  const id = `subscribe-${link.counter + 1}`;
  return [
    {
      ...link,
      counter: link.counter + 1,
      followed: { ...link.followed, [runId]: { ...run, subscribing: id, heardAt: at } },
    },
    [send({ type: 'subscribe', id, run_id: runId, after: run.last, ...workspace(run.workspaceId) })],
  ];
}

function heard(link: Link, frame: ServerFrame, at: number): Step {
  if (isRunEvent(frame)) return happened(link, frame, at);
  switch (frame.type) {
    case 'welcome':
      return welcomed(link, at);
    case 'ack':
      return acknowledged(link, frame.re, frame.run_id, at);
    case 'error':
      return faulted(link, frame, at);
    case 'going_away':
      return [{ ...link, reconnectAfterMs: frame.reconnect_after_ms }, []];
    case 'pong':
      return [link, []];
  }
}

/** Whatever was under way goes on where it was. */
function welcomed(link: Link, at: number): Step {
  const open: Link = { ...link, phase: 'open', failures: 0, reconnectAfterMs: undefined };
  const [subscribed, subscriptions] = all(open, Object.keys(open.followed), (each, runId) =>
    subscribe(each, runId, at),
  );
  const outbox = subscribed.outbox.map(({ request, sent }) => sentAgain(request, sent, at));
  return [{ ...subscribed, outbox }, [...subscriptions, ...outbox.map(({ request }) => send(request))]];
}

function acknowledged(link: Link, re: string, runId: string | undefined, at: number): Step {
  const subscribed = Object.entries(link.followed).find(([, { subscribing }]) => subscribing === re);
  if (subscribed) {
    const [id, run] = subscribed;
    return [{ ...link, followed: { ...link.followed, [id]: { ...run, subscribing: undefined, heardAt: at } } }, []];
  }
  const waiting = link.outbox.find(({ request }) => request.id === re);
  if (!waiting) return [link, []];
  const taken: Effect = { type: 'taken', id: re, runId };
  const next = without(link, re);
  const { request } = waiting;
  // The service sends the events of what was asked without being told.
  if (request.type !== 'chat' || runId === undefined || next.followed[runId]) return [next, [taken]];
  const run: Followed = { last: 0, workspaceId: request.workspace_id, heardAt: at };
  return [{ ...next, followed: { ...next.followed, [runId]: run } }, [taken]];
}

function faulted(link: Link, { re, run_id, problem }: Extract<ServerFrame, { type: 'error' }>, at: number): Step {
  const subscribed = Object.entries(link.followed).find(
    ([runId, { subscribing }]) => (re !== undefined && subscribing === re) || (re === undefined && runId === run_id),
  );
  if (subscribed) return unfollowed(link, subscribed[0], problem);
  const waiting = link.outbox.find(({ request }) => request.id === re);
  if (!waiting) return [link, []];
  const { request, sent } = waiting;
  if (problem.status === 503) {
    const outbox = link.outbox.map((each) => (each === waiting ? { ...each, retryAt: at + retryMs } : each));
    return [{ ...link, outbox }, []];
  }
  // The first one of several got through, and its acknowledgement was lost on the way.
  const wasTaken = request.type === 'respond' && sent > 1 && problem.type.endsWith('/nothing-to-answer');
  return [without(link, request.id), [wasTaken ? { type: 'taken', id: re! } : { type: 'refused', id: re!, problem }]];
}

function unfollowed(link: Link, runId: string, problem: ProblemFrame): Step {
  const { [runId]: run, ...followed } = link.followed;
  if (problem.status === 404 || problem.status === 410 || problem.status === 403)
    return [{ ...link, followed }, [{ type: 'lost', runId, problem }]];
  // Anything else passes: the watch over silent runs subscribes again in a while.
  return [{ ...link, followed: { ...followed, [runId]: { ...run!, subscribing: undefined } } }, []];
}

/** Passes the next event on, and no other: one that is missing is asked for, one that was here is dropped. */
function happened(link: Link, event: RunEvent, at: number): Step {
  const run = link.followed[event.run_id];
  if (!run || event.seq <= run.last) return [link, []];
  if (event.seq > run.last + 1) return run.subscribing === undefined ? subscribe(link, event.run_id, at) : [link, []];
  const { [event.run_id]: _, ...others } = link.followed;
  const followed =
    event.type === 'run.finished' ? others : { ...others, [event.run_id]: { ...run, last: event.seq, heardAt: at } };
  return [{ ...link, followed }, [{ type: 'event', event }]];
}

/** Called every second or so: notices what does not happen. */
function tick(link: Link, at: number): Step {
  const silentFor = at - link.heardAt;
  if (link.phase === 'connecting' || link.phase === 'greeting')
    return silentFor > answerWithinMs ? [link, [{ type: 'disconnect' }]] : [link, []];
  if (link.phase !== 'open') return [link, []];
  if (link.pingedAt !== undefined && at - link.pingedAt > answerWithinMs) return [link, [{ type: 'disconnect' }]];
  const [pinged, pings] = ping(link, silentFor, at);
  const silent = Object.keys(pinged.followed).filter((runId) => at - pinged.followed[runId]!.heardAt > silenceMs);
  const [subscribed, subscriptions] = all(pinged, silent, (each, runId) => subscribe(each, runId, at));
  const due = subscribed.outbox.filter(({ retryAt }) => retryAt <= at);
  const outbox = subscribed.outbox.map((each) => (due.includes(each) ? sentAgain(each.request, each.sent, at) : each));
  return [{ ...subscribed, outbox }, [...pings, ...subscriptions, ...due.map(({ request }) => send(request))]];
}

function ping(link: Link, silentFor: number, at: number): Step {
  if (silentFor <= pingAfterMs || link.pingedAt !== undefined) return [link, []];
  const counter = link.counter + 1;
  return [{ ...link, counter, pingedAt: at }, [send({ type: 'ping', id: `ping-${counter}` })]];
}

function all(link: Link, keys: readonly string[], each: (link: Link, key: string) => Step): Step {
  return keys.reduce<Step>(
    ([before, effects], key) => {
      const [after, more] = each(before, key);
      return [after, [...effects, ...more]];
    },
    [link, []],
  );
}

function sentAgain(request: Request, sent: number, at: number): Waiting {
  return { request, sent: sent + 1, retryAt: at + silenceMs };
}

function without(link: Link, id: string): Link {
  return { ...link, outbox: link.outbox.filter(({ request }) => request.id !== id) };
}

function send(frame: ClientFrame): Effect {
  return { type: 'send', frame };
}

function workspace(workspaceId: string | undefined): { workspace_id?: string } {
  return workspaceId === undefined ? {} : { workspace_id: workspaceId };
}
