import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Settings with which one user may do what a benchmark does. */
export const manySockets = {
  SOCKETS_PER_USER: '20000',
  SOCKETS_OPENED_PER_MINUTE: '1000000',
  RUNS_PER_USER: '1000',
};

/** Settings with which answers come from the model at the address. */
export const answersFrom = (model) => ({
  LANGUAGE_MODEL: 'openai-compatible',
  OPENAI_BASE_URL: `${model.address}/v1`,
  OPENAI_MODEL_ID: 'mock',
});

/** Opens a socket of the service, and waits until it is welcome; without a token one that nobody welcomes. */
export async function openSocket(address, token) {
  const query = token === undefined ? '' : `/ws?token=${token}`;
  const socket = new WebSocket(`${address.replace('http', 'ws')}${query}`, { perMessageDeflate: false });
  await once(socket, token === undefined ? 'open' : 'message');
  return socket;
}

/** Opens many, a few at a time. */
export async function openSockets(address, token, count) {
  const sockets = [];
  while (sockets.length < count) {
    const batch = Math.min(100, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: batch }, () => openSocket(address, token)))));
  }
  return sockets;
}

/** Resolves with the first frame that is so. Looks at the text only, so that looking costs the same on all sides. */
export function frame(socket, isIt) {
  return new Promise((resolve) => {
    const look = (data) => {
      const text = String(data);
      if (!isIt(text)) return;
      socket.off('message', look);
      resolve(text);
    };
    socket.on('message', look);
  });
}

export const tokenOf = ({ authorization }) => authorization.replace('Bearer ', '');
