import { problem } from '../../platform/errors/problem.js';

export class InterviewUnreadable extends problem({
  slug: 'interview-unreadable',
  title: 'The interview cannot be read',
  status: 422,
  help: 'Interviews are text (.txt), Markdown (.md), subtitles (.vtt, .srt) or Word documents (.docx). Save it as one of these.',
}) {
  constructor(name: string, reason: string) {
    super(`${JSON.stringify(name.slice(0, 200))} cannot be read: ${reason}`);
  }
}

export class AnalysisTooLarge extends problem({
  slug: 'analysis-too-large',
  title: 'The step takes too much time or memory',
  status: 422,
  help: 'Analyse fewer or shorter interviews at once, or ask the operator to raise ANALYSIS_STEP_SECONDS or ANALYSIS_DATA_LIMIT_MB.',
}) {}

export class NothingSaid extends problem({
  slug: 'nothing-said',
  title: 'There is nothing to analyse',
  status: 422,
  help: 'Look at who was taken for an interviewer in the result of chunking: questions of interviewers are not quoted. Name speakers at the beginning of a line, as in "P3: …".',
}) {}

export class NoLanguageModel extends problem({
  slug: 'no-language-model',
  title: 'No language model is set up',
  status: 409,
  help: 'Retry with {"method": "extractive"}, or ask the operator to set LANGUAGE_MODEL.',
}) {}

export class ModelAnswerUnusable extends problem({
  slug: 'model-answer-unusable',
  title: 'The language model did not answer in the form it was asked for',
  status: 502,
  help: 'Retry the step; if it fails again, choose another model, or retry with {"method": "extractive"}.',
}) {}
