import { problem } from '../../platform/errors/problem.js';

export class AnalysisNotFound extends problem({
  slug: 'analysis-not-found',
  title: 'Analysis not found',
  status: 404,
  help: 'GET /api/v1/analysis/requests lists the analyses of the workspace. They are deleted after ANALYSIS_DAYS.',
}) {
  constructor(requestId: string) {
    super(`There is no analysis ${requestId.slice(0, 100)} in this workspace.`);
  }
}

export class AnalysisUnfinished extends problem({
  slug: 'analysis-unfinished',
  title: 'The analysis has no result yet',
  status: 409,
  help: 'GET /api/v1/analysis/status/{request_id} says how far it is; what failed can be retried.',
}) {
  constructor(requestId: string, status: string) {
    super(`The analysis ${requestId} has no result: it is ${status}.`);
  }
}

export class InterviewNotFound extends problem({
  slug: 'interview-not-found',
  title: 'The analysis has no such interview',
  status: 404,
  help: 'Interviews are numbered from 1. GET /api/v1/analysis/status/{request_id} lists them. Their text is there once chunking is completed.',
}) {
  constructor(requestId: string, interview: string) {
    super(`The analysis ${requestId} has no interview ${interview.slice(0, 20)} that has been read.`);
  }
}

export class ResearchDataNotFound extends problem({
  slug: 'research-data-not-found',
  title: 'There is no such interview',
  status: 404,
  help: 'Name an upload of this workspace ("upload:upl_…"), an object of its own in the service’s store ("s3://…"), an earlier analysis ("analysis:ana_…"), or send the file itself as multipart/form-data.',
}) {
  constructor(researchData: string) {
    super(`This workspace has nothing at ${JSON.stringify(researchData.slice(0, 200))}.`);
  }
}

export class InterviewTooLarge extends problem({
  slug: 'interview-too-large',
  title: 'The interview is too large',
  status: 413,
  help: 'Split the interview and give its parts as several interviews, or ask the operator to raise ANALYSIS_MAX_BYTES.',
}) {
  constructor(name: string, limit: number) {
    super(`${JSON.stringify(name)} is larger than ${limit.toLocaleString('en')} bytes, the most for an interview.`, {
      members: { limit },
    });
  }
}

export class AnalysisNotRetryable extends problem({
  slug: 'analysis-not-retryable',
  title: 'The analysis cannot be retried from there',
  status: 409,
  help: 'An analysis can be retried once it has ended, from any step that it has come to. A method can be changed from the step inferring on or before.',
}) {}

export class AnalysisEnded extends problem({
  slug: 'analysis-ended',
  title: 'The analysis has ended',
  status: 409,
  help: 'Only an analysis that is pending or processing can be cancelled.',
}) {
  constructor(requestId: string, status: string) {
    super(`The analysis ${requestId} has ended: it is ${status}.`);
  }
}

export class AnalysisUnderWay extends problem({
  slug: 'analysis-under-way',
  title: 'The analysis is under way',
  status: 409,
  help: 'Cancel it first, or wait until it has ended.',
}) {
  constructor(requestId: string) {
    super(`The analysis ${requestId} is still being worked on.`);
  }
}

export class AnalysisChanged extends problem({
  slug: 'analysis-changed',
  title: 'The analysis has changed meanwhile',
  status: 409,
  help: 'Look at its status and try again.',
}) {
  constructor(requestId: string) {
    super(`The analysis ${requestId} was changed by somebody else at the same time.`);
  }
}

/** How an analysis ends that somebody has cancelled. */
export class AnalysisCancelled extends problem({
  slug: 'analysis-cancelled',
  title: 'The analysis was cancelled',
  status: 409,
  help: 'POST /api/v1/analysis/requests/{request_id}/retry goes on with it; what was found before is kept.',
}) {}
