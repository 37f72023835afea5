import { foldCase } from '../../../platform/text/fold-case.js';

/** The form under which names of roles are compared: spellings that differ in case, width or composition are one. */
export function roleNameKey(name: string): string {
  return foldCase(name).trim();
}
