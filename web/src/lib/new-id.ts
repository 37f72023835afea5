/** An id that nothing else has. `crypto.randomUUID` exists in secure contexts only, and a laptop on the local network is none. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
