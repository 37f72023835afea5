import { randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new opaque id such as `upl_01j8x0…`: a readable prefix, then 26 characters of base32, the first ten of which are the
 * time in milliseconds, so that ids sort by creation; the other 80 bits are random.
 */
export function newId(prefix: string, now: number = Date.now()): string {
  let random = '';
  for (const byte of randomBytes()) random += alphabet[byte % 32]!;
  return idsSince(prefix, now) + random;
}

/** What every id made at that time or later is greater than, and every earlier one less. */
export function idsSince(prefix: string, time: number): string {
  let digits = '';
  for (let rest = Math.max(time, 0), digit = 0; digit < 10; digit += 1) {
    digits = alphabet[rest % 32]! + digits;
    rest = Math.floor(rest / 32);
  }
  return `${prefix}_${digits}`;
}

const idBytes = 16;
const pool = Buffer.alloc(idBytes * 256);
let used = pool.length;

/** Fetched from the operating system for many ids at once. */
function randomBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += idBytes;
  return pool.subarray(used - idBytes, used);
}
