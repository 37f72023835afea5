import {
  analysisKey,
  type AnalysisRequest,
  workspaceStatus,
} from '../../src/modules/analysis-tracking/analysis-request.js';
import { newSteps } from '../../src/modules/analysis-tracking/domain/progress.js';

/** An analysis that nobody has begun, for tests. */
export function newAnalysis(): AnalysisRequest {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    request: analysisKey('w', 'ana_1'),
    request_id: 'ana_1',
    workspace_id: 'w',
    user_id: 'ada',
    title: 'A',
    method: 'extractive',
    research_data: 'file:a.txt',
    sources: [],
    steps: newSteps(),
    overall_status: 'pending',
    workspace_status: workspaceStatus('w', 'pending'),
    created: `${at}#ana_1`,
    created_at: at,
    updated_at: at,
    caller: '{}',
    revision: 0,
    round: 1,
    watched: 'open',
    due_at: 0,
    expires: 9_999_999_999,
  };
}
