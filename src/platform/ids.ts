import { randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new opaque id such as `upl_01j8x0…`: a readable prefix, then 26 characters of base32, the first ten of which are the
 * time in milliseconds, so that ids sort by creation; the other 80 bits are random.
 */
export function newId(prefix: string, now: number = Date.now()): string {
  let time = '';
  for (let rest = now, digit = 0; digit < 10; digit += 1) {
    time = alphabet[rest % 32]! + time;
    rest = Math.floor(rest / 32);
  }
  let random = '';
  for (const byte of randomBytes()) random += alphabet[byte % 32]!;
  return `${prefix}_${time}${random}`;
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
