import { Worker } from 'node:worker_threads';
import { entryPoint } from '../../../platform/child-process.js';
import { type Scan, scan, type ScanHit } from './scan.js';

/** Multiplications that take about two milliseconds; what takes longer would hold everybody else up. */
const productsAtOnce = 2_000_000;

interface Waiting {
  readonly resolve: (hits: ScanHit[]) => void;
  readonly reject: (error: Error) => void;
}

/** Scans at once what is small, and the rest in a thread, which starts when it is needed first. */
export class Scanner {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private closed = false;

  async scan(request: Scan): Promise<ScanHit[]> {
    const rows = request.segments.reduce((sum, { count }) => sum + count, 0);
    if (rows * request.query.length <= productsAtOnce) return scan(request);
    if (this.closed) throw new Error('The index is closed.');
    this.worker ??= this.start();
    const number = ++this.last;
    const { worker } = this;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      worker.postMessage({ number, ...request });
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(entryPoint(import.meta.url, './scan-worker.js'));
    worker.unref();
    worker.on('message', ({ number, hits }: { number: number; hits: ScanHit[] }) => {
      this.waiting.get(number)?.resolve(hits);
      this.waiting.delete(number);
    });
    const ended = (error: Error) => {
      if (this.worker === worker) this.worker = undefined;
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    worker.on('error', ended);
    worker.on('exit', () => ended(new Error('The thread that searches vectors has ended.')));
    return worker;
  }
}
