import type { BrowserContext, ConsoleMessage, Request } from 'playwright-core';

/**
 * Notes what must not happen in a browser while a page is used: errors and warnings in the console (violations of the
 * Content-Security-Policy among them), uncaught errors, requests that fail, and requests to anywhere but the service.
 */
export class Watch {
  private readonly noted: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(
    context: BrowserContext,
    private readonly address: string,
  ) {
    context.on('console', (message) => this.noteMessage(message));
    context.on('weberror', (error) => this.noted.push(`uncaught error: ${error.error().stack ?? error.error()}`));
    context.on('request', (request) => this.noteOrigin(request));
    context.on('requestfailed', (request) => this.noteFailure(request));
  }

  /** From now on and before, what matches is part of the test: `watch.expect(/422 .*\/queries/)`. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** What happened though nobody expected it. */
  get unexpected(): readonly string[] {
    return this.noted.filter((note) => !this.expected.some((pattern) => pattern.test(note)));
  }

  private noteMessage(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    this.noted.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  }

  private noteOrigin(request: Request): void {
    const { protocol, origin } = new URL(request.url());
    if (protocol === 'data:' || protocol === 'blob:' || origin === this.address) return;
    this.noted.push(`external request: ${request.method()} ${request.url()}`);
  }

  /** A page that is left or a question that is withdrawn breaks its requests off, which is no fault. */
  private noteFailure(request: Request): void {
    const reason = request.failure()?.errorText ?? 'unknown';
    if (reason !== 'net::ERR_ABORTED')
      this.noted.push(`failed request: ${reason} ${request.method()} ${request.url()}`);
  }
}
