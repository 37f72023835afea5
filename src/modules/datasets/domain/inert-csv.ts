import { Transform, type TransformCallback } from 'node:stream';

const quote = 0x22;
const apostrophe = Buffer.from("'");
const separators = new Set([0x2c, 0x0a, 0x0d]);
/** `=` `+` `-` `@` TAB CR: what makes a spreadsheet take a cell for a formula. */
const triggers = new Set([0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d]);

/**
 * Puts an apostrophe before every cell of a CSV stream (UTF-8, commas, double quotes) that a spreadsheet would take for
 * a formula. All bytes that matter are ASCII, so text in other scripts passes as it is, wherever chunks are cut.
 */
export class InertCsv extends Transform {
  private place: 'cell start' | 'quoted start' | 'plain' | 'quoted' = 'cell start';

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    let passed = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (!this.needsApostrophe(chunk[at]!)) continue;
      this.push(chunk.subarray(passed, at));
      this.push(apostrophe);
      passed = at;
    }
    done(null, chunk.subarray(passed));
  }

  /** Moves on by one byte; true when the cell's content begins with it and is dangerous. */
  private needsApostrophe(byte: number): boolean {
    const { place } = this;
    if (place === 'quoted' || place === 'quoted start') {
      // A doubled quote closes and opens at once; it needs no state of its own, since a plain quote opens below.
      this.place = byte === quote ? 'plain' : 'quoted';
      return place === 'quoted start' && triggers.has(byte);
    }
    if (byte === quote) this.place = place === 'cell start' ? 'quoted start' : 'quoted';
    else if (separators.has(byte)) this.place = 'cell start';
    else this.place = 'plain';
    return place === 'cell start' && this.place === 'plain' && triggers.has(byte);
  }
}
