import { createHash } from 'node:crypto';
import type { Step } from '../../../interviews/analysis.js';
import { type AnalysisRequest, folderOf } from '../analysis-request.js';

type Named = Pick<AnalysisRequest, 'workspace_id' | 'request_id'>;

/** Where the text of an interview is kept, and who says what in it. */
export function transcriptKey(item: Named, interview: number): string {
  return `${folderOf(item)}interviews/${interview}.json`;
}

/**
 * Where what comes of a step is kept. `input` is all that it depends on: the same input finds what was made of it
 * before, whoever made it.
 */
export function stepKey(item: Named, step: Step, input: unknown): string {
  return `${folderOf(item)}steps/${step}-${digest(input)}.json`;
}

/** The same of a part of a step. */
export function partKey(item: Named, step: Step, input: unknown): string {
  return `${folderOf(item)}parts/${step}-${digest(input)}.json`;
}

export function resultKey(item: Named, input: unknown): string {
  return `${folderOf(item)}results/${digest(input)}.json`;
}

function digest(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 32);
}
