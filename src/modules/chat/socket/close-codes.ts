/** Why the service closes a socket. */
export const closeCodes = {
  goingAway: 1001,
  tooSlow: 1013,
  badFrame: 4400,
  notAuthenticated: 4401,
  notAllowed: 4403,
  noHello: 4408,
  tooLarge: 4413,
  tooMany: 4429,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** A close frame holds at most 123 bytes of reason; a character is never cut in two. */
export function closeReason(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= 123
    ? text
    : bytes
        .subarray(0, 123)
        .toString('utf8')
        .replace(/\uFFFD$/, '');
}
