import { problem } from '../../platform/errors/problem.js';

export class EmptyFile extends problem({
  slug: 'empty-file',
  title: 'The file has no rows',
  status: 422,
  help: 'Upload a file with at least a header line, and check how many lines the contract skips.',
}) {}

export class UnreadableFile extends problem({
  slug: 'unreadable-file',
  title: 'The file cannot be read',
  status: 422,
  help: 'Mend what the detail names and upload the file again, or change the dialect in the contract.',
}) {}

export class ExpandedTooLarge extends problem({
  slug: 'expanded-too-large',
  title: 'The compressed file expands to too much',
  status: 413,
  help: 'Upload the file uncompressed or in parts. The limit protects the service against files made to fill its disk.',
}) {}

export class TooLargeForMemory extends problem({
  slug: 'too-large-for-memory',
  title: 'The rows do not fit into memory',
  status: 422,
  help: 'Very wide rows and very long values need much memory. Drop columns in the contract, or ask the operator for more memory for conversions.',
}) {}

/** The child process died at the file. A second try may succeed; a third is not worth its time. */
export class ConversionCrashed extends problem({
  slug: 'conversion-crashed',
  title: 'The conversion broke down',
  status: 500,
  help: 'The process that read the file died, and nothing else did. If it happens again with the same file, the file is the cause: send it to whoever runs the service.',
}) {
  constructor(cause: unknown) {
    super('The process that converted the file broke down. Nothing was stored.', { cause });
  }
}

export class ConversionTooSlow extends problem({
  slug: 'conversion-too-slow',
  title: 'The conversion took too long',
  status: 422,
  help: 'Upload the file in parts, or ask the operator for a longer deadline.',
}) {
  constructor(deadlineMs: number) {
    super(`The conversion was ended after ${Math.round(deadlineMs / 60_000)} minutes. Nothing was stored.`);
  }
}
