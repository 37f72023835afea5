import { parentPort } from 'node:worker_threads';
import { type Scan, scan } from './scan.js';

/** A thread that scans what it is sent. */
parentPort!.on('message', ({ number, ...request }: Scan & { readonly number: number }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage({ number, hits: scan(request) });
});
