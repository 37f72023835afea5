import type { AnalysisStatusAnswer } from '../../src/modules/analysis-tracking/analysis.dto.js';
import type { Client } from './app.js';
import { until } from './until.js';

/** Somebody answers in two chunks or so, with words that come again. */
export const shortInterview = `Interviewer: How did you find out that the form had been sent?

P1: I never knew. The form gave me no message, so I sent the form again and again. It was terrible, I wasted a whole morning on that form.

Interviewer: And what helped you then?

P1: My neighbour helped me. She had kept the letter with the number, and with the number they found my form at once. I loved that letter.

Interviewer: What would you change?

P1: I want a message that says that the form has arrived. A short message with the number would be good enough for me. Nobody should wonder about a form for weeks.
`;

export interface Sent {
  readonly name?: string;
  readonly title?: string;
  readonly method?: string;
}

/** Asks for the analysis of an interview that comes with the request; returns its id. */
export async function sendInterview(
  client: Client,
  content: string | Buffer = shortInterview,
  { name = 'interview.txt', ...fields }: Sent = {},
): Promise<string> {
  const call = client.post('/analysis/requests').attach('file', Buffer.from(content), name);
  for (const [field, value] of Object.entries(fields)) void call.field(field, value);
  return ((await call.expect(202)).body as { request_id: string }).request_id;
}

export async function analysisStatus(client: Client, requestId: string): Promise<AnalysisStatusAnswer['status']> {
  return ((await client.get(`/analysis/status/${requestId}`).expect(200)).body as AnalysisStatusAnswer).status;
}

/** The analysis once it has ended. */
export function analysisEnd(client: Client, requestId: string): Promise<AnalysisStatusAnswer['status']> {
  return until(async () => {
    const status = await analysisStatus(client, requestId);
    return ['completed', 'failed'].includes(status.overall_status) && status;
  }, 180_000);
}

/** A new analysis that has completed; returns its id. */
export async function completedAnalysis(client: Client, title = 'An analysis'): Promise<string> {
  const requestId = await sendInterview(client, shortInterview, { title, method: 'extractive' });
  const { overall_status } = await analysisEnd(client, requestId);
  if (overall_status !== 'completed') throw new Error('The analysis has failed.');
  return requestId;
}

/** A new analysis that has failed at once, for want of a language model; returns its id. */
export async function failedAnalysis(client: Client): Promise<string> {
  const requestId = await sendInterview(client, shortInterview, { method: 'model' });
  await analysisEnd(client, requestId);
  return requestId;
}
