const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** What ends each record: one column more, so that a record of one empty field is not an empty line. */
export const RECORD_END = ',1\n';

export interface RecordLimits {
  /** Records after the header to let through. */
  readonly records: number;
  readonly bytes: number;
}

/** Thrown when there are more bytes than allowed. */
export class TooManyBytes extends Error {}

/**
 * The records of a CSV file of Athena without its header, each ending in `RECORD_END`. Ends after the limit; `counted`
 * learns how many records there are, at most one more than the limit.
 */
export async function* csvRecords(
  source: AsyncIterable<Uint8Array>,
  limits: RecordLimits,
  counted: (records: number) => void,
): AsyncGenerator<Uint8Array> {
  let quoted = false;
  let records = -1;
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limits.bytes) throw new TooManyBytes();
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      if (chunk[index] === QUOTE) quoted = !quoted;
      if (chunk[index] !== NEWLINE || quoted) continue;
      if (records >= 0 && records < limits.records) {
        yield chunk.subarray(start, index);
        yield Buffer.from(RECORD_END);
      }
      start = index + 1;
      records += 1;
      counted(records);
      if (records > limits.records) return;
    }
    if (records >= 0 && records < limits.records) yield chunk.subarray(start);
  }
}
