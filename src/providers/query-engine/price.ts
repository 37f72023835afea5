/** What Athena bills at least for one query, so that estimates with its price are right for small tables. */
const LEAST_BILLED_BYTES = 10_000_000;
const TERABYTE = 1e12;

/** US dollars for one query that reads so many bytes, at a price for a terabyte (10^12 bytes). */
export function priceOf(bytes: number, pricePerTerabyte: number): number {
  return (Math.max(bytes, LEAST_BILLED_BYTES) / TERABYTE) * pricePerTerabyte;
}
