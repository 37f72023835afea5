import { request } from 'node:http';
import { interleaved, median, report } from '../lib/measure.mjs';
import { startBase, startService } from '../lib/service.mjs';
import { answersFrom, frame, manySockets, openSockets, tokenOf } from '../lib/sockets.mjs';

const streams = 100;
const isToken = (text) => text.includes('"text.delta"');

/** P10: time to the first token over a model that always takes the same: one stream against asking it, 100 against a relay. */
export async function run({ quick }) {
  const model = await startBase('model');
  const relay = await startBase('relay', [model.address]);
  const service = await startService({ settings: { ...manySockets, ...answersFrom(model) } });
  const rounds = quick ? 6 : 12;
  try {
    const ours = await openSockets(service.address, tokenOf(service), streams);
    const relayed = await openSockets(relay.address, undefined, streams);
    const alone = await interleaved(
      () => first(ours[0]),
      () => direct(model.address),
      { rounds, repetitions: 15 },
    );
    const many = { ours: [], base: [] };
    for (let round = 0; round < rounds; round += 1) {
      const order = round % 2 === 0 ? ['ours', 'base'] : ['base', 'ours'];
      for (const side of order)
        many[side].push(median(await Promise.all((side === 'ours' ? ours : relayed).map(timed))));
    }
    return [
      report({
        name: 'P10 first token of 1 stream, ms added (p50)',
        ...alone,
        ratio: alone.ours - alone.base,
        limit: 5,
        note: 'the base is asking the model itself; the ratio column holds the difference',
      }),
      report({
        name: `P10 first token of ${streams} streams (p50)`,
        ours: median(many.ours),
        base: median(many.base),
        limit: 1.5,
        note: 'the base is a bare relay',
      }),
    ];
  } finally {
    await service.stop();
    await relay.stop();
    await model.stop();
  }
}

/** Asks, and waits for the first token. The rest of the answer is waited for untimed. */
async function first(socket) {
  const token = frame(socket, isToken);
  const end = frame(socket, (text) => text.includes('"run.finished"'));
  socket.send(JSON.stringify({ type: 'chat', content: 'What is a median, in your own words?' }));
  await token;
  return () => end;
}

async function timed(socket, index) {
  const isOurs = socket.url.includes('/ws?');
  const began = performance.now();
  const token = frame(socket, isToken);
  const end = isOurs
    ? frame(socket, (text) => text.includes('"run.finished"'))
    : new Promise((resolve) => setTimeout(resolve, 250));
  socket.send(JSON.stringify({ type: 'chat', content: `What is a median, in your own words, and what is ${index}?` }));
  await token;
  const took = performance.now() - began;
  await end;
  return took;
}

function direct(address) {
  const body = JSON.stringify({ model: 'mock', stream: true, messages: [{ role: 'user', content: 'What?' }] });
  return new Promise((resolve) => {
    const asked = request(`${address}/v1/chat/completions`, { method: 'POST' }, (answer) => {
      const ended = new Promise((end) => answer.once('close', end));
      answer.once('data', () => resolve(() => ended));
      answer.resume();
    });
    asked.end(body);
  });
}
