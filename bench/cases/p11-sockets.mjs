import { setTimeout as delay } from 'node:timers/promises';
import { median, report } from '../lib/measure.mjs';
import { residentBytes, startBase, startService } from '../lib/service.mjs';
import { answersFrom, frame, manySockets, openSocket, openSockets, tokenOf } from '../lib/sockets.mjs';

const viewers = 50;

/** P11: what an idle socket holds, and how fast one stream reaches 50 viewers, against a bare WebSocket server. */
export async function run({ quick }) {
  const idle = quick ? 3000 : 10_000;
  const model = await startBase('model');
  const relay = await startBase('relay', [model.address]);
  const service = await startService({ settings: { ...manySockets, ...answersFrom(model) } });
  try {
    const base = await bytesEach(relay, undefined, idle);
    const ours = await bytesEach(service, tokenOf(service), idle);
    const speeds = { ours: [], base: [] };
    const watched = await watchOurs(service);
    const relayed = await openSockets(relay.address, undefined, viewers);
    for (let round = 0; round < (quick ? 10 : 30); round += 1) {
      const order = round % 2 === 0 ? ['ours', 'base'] : ['base', 'ours'];
      for (const side of order)
        speeds[side].push(await (side === 'ours' ? watched() : spread(relayed, relayed[0], true)));
    }
    return [
      report({ name: `P11 bytes of each of ${idle} idle sockets`, ours, base, unit: 'B', limit: 3 }),
      report({
        name: `P11 text to ${viewers} viewers, deliveries a second`,
        ours: median(speeds.ours),
        base: median(speeds.base),
        unit: '/s',
        limit: 0.6,
        least: true,
        note: 'of 1,000 characters each; ours are stored before they are sent',
      }),
    ];
  } finally {
    await service.stop();
    await relay.stop();
    await model.stop();
  }
}

async function bytesEach({ address, pid }, token, count) {
  // The first sockets of a process bring code and buffers with them that the others share.
  const first = await openSockets(address, token, 200);
  await delay(1000);
  const before = residentBytes(pid);
  const sockets = await openSockets(address, token, count);
  await delay(2000);
  const each = (residentBytes(pid) - before) / count;
  for (const socket of [...first, ...sockets]) socket.terminate();
  await delay(1000);
  return each;
}

/** One asks, the others follow the run from its beginning. */
async function watchOurs(service) {
  const asker = await openSocket(service.address, tokenOf(service));
  const others = await openSockets(service.address, tokenOf(service), viewers - 1);
  return async () => {
    const acknowledged = frame(asker, (text) => text.includes('"ack"'));
    const done = spread([asker, ...others], asker, false);
    const { run_id } = JSON.parse(await acknowledged);
    for (const socket of others) socket.send(JSON.stringify({ type: 'subscribe', run_id }));
    return done;
  };
}

/** Asks for a long text, and returns how many thousand characters arrived anywhere in a second. */
async function spread(sockets, asker, watch) {
  const wanted = 40_000;
  let began;
  let delivered = 0;
  const all = sockets.map((socket) => {
    let characters = 0;
    return frame(socket, (text) => {
      const start = text.indexOf('"text":"');
      if (!text.startsWith('{"type":"text.delta"')) return false;
      began ??= performance.now();
      characters += text.length - start - 10;
      delivered += text.length - start - 10;
      return characters >= wanted;
    });
  });
  const end = watch ? Promise.resolve() : frame(asker, (text) => text.includes('"run.finished"'));
  const frameOf = { type: 'chat', content: 'Say something long and fast.' };
  asker.send(JSON.stringify(watch ? { ...frameOf, watch } : { ...frameOf, id: `${Math.random()}` }));
  await Promise.all(all);
  const seconds = (performance.now() - began) / 1000;
  await end;
  return delivered / 1000 / seconds;
}
