const mebibyte = 1024 * 1024;
const usualPartBytes = 16 * mebibyte;
/** What S3 allows. */
const mostParts = 10_000;

/** How a file of `bytes` is cut: parts of one size, but for the last. */
export class Parts {
  /** Whole mebibytes. */
  readonly partBytes: number;
  readonly count: number;

  constructor(private readonly bytes: number) {
    const least = Math.ceil(bytes / mostParts / mebibyte) * mebibyte;
    this.partBytes = Math.max(usualPartBytes, least);
    this.count = Math.ceil(bytes / this.partBytes);
  }

  /** Bytes of one part; numbers count from 1. */
  bytesOf(number: number): number {
    return number < this.count ? this.partBytes : this.bytes - (this.count - 1) * this.partBytes;
  }
}
