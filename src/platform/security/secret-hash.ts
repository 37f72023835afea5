import { createHash } from 'node:crypto';

/** What is stored of a random secret: SHA-256, hexadecimal. Passwords, which people choose, need a slow hash instead. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
