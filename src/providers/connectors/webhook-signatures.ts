import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from './connector.js';

/** Seconds by which a webhook's time may differ from ours, either way. */
export const replayWindowSeconds = 300;

/** Takes as long for a wrong text as for the right one, whatever their lengths. */
export function sameText(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== undefined;
}

export function hmacSha256(key: string | Buffer, ...parts: (string | Buffer)[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

export function header({ headers }: WebhookRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? undefined : value;
}

/** Whether a time in seconds, as a header has it, is within the window. */
export function isRecent(seconds: string | undefined, receivedAt: Date): boolean {
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return false;
  return Math.abs(receivedAt.getTime() / 1000 - Number(seconds)) <= replayWindowSeconds;
}

/** Undefined when the body is no JSON object. */
export function jsonBody({ body }: WebhookRequest): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
