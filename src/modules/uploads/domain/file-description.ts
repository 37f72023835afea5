import { proposeContract } from '../../../csv/contract-rules.js';
import type { Contract, Dialect } from '../../../csv/contract.js';
import { previewCsv, type PreviewOverrides } from '../../../csv/preview.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { FileHead } from './file-head.js';
import { storePreview, type StoredPreview } from './stored-preview.js';

/** What the first bytes of a file tell about all of it. */
export interface FileDescription {
  readonly dialect: Dialect;
  readonly proposal: Contract;
  readonly preview: StoredPreview;
}

/** Rows of the preview that is kept. */
export const storedRows = 100;

/** Throws what `previewCsv` throws. */
export function describeFile(head: FileHead, overrides?: PreviewOverrides): FileDescription {
  const { bytes, complete, compression } = head;
  const preview = previewCsv(bytes, { complete, compression, limit: storedRows, overrides });
  return { dialect: preview.dialect, proposal: proposeContract(preview), preview: storePreview(preview) };
}

/** Null for a file that cannot be read as it is guessed to be, such as one with too many columns. */
export function describeFileIfReadable(head: FileHead): FileDescription | null {
  try {
    return describeFile(head);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
