import { Agent, request as httpRequest } from 'node:http';

/** Median time of one GET after another over a kept connection, in milliseconds. */
export function getter(url, headers = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return () => get(url, headers, agent);
}

/** Sends a GET and reads the whole answer. */
export function get(url, headers, agent) {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode >= 400) reject(new Error(`${url}: ${response.statusCode} ${Buffer.concat(chunks)}`));
        else resolve(Buffer.concat(chunks));
      });
    });
    request.on('error', reject);
    request.end();
  });
}

/** Requests a second with `connections` connections, each sending one request after another. */
export async function throughput(url, headers, { connections = 32, seconds = 2 } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        await get(url, headers, agent);
        done += 1;
      }
    }),
  );
  agent.destroy();
  return done / ((performance.now() - began) / 1000);
}

/** Sends a JSON POST and reads the whole answer. */
export function post(url, body, headers, agent) {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const request = httpRequest(
      url,
      {
        method: 'POST',
        agent,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          if (response.statusCode >= 400) reject(new Error(`${url}: ${response.statusCode} ${Buffer.concat(chunks)}`));
          else resolve(Buffer.concat(chunks));
        });
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}
