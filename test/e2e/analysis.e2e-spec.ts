import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  AnalysisComparison,
  AnalysisResultView,
  TranscriptView,
} from '../../src/modules/analysis-tracking/result.dto.js';
import type { AnalysisPage } from '../../src/modules/analysis-tracking/analysis.dto.js';
import { AnalysisRepository } from '../../src/modules/analysis-tracking/analysis.repository.js';
import { AnalysisWatch } from '../../src/modules/analysis-tracking/analysis-watch.js';
import { analysisEnd, analysisStatus, completedAnalysis, sendInterview, shortInterview } from '../support/analyses.js';
import { Client, startApp, type TestApp } from '../support/app.js';
import { wordDocument } from '../support/word-document.js';
import { addWorkspace } from '../support/other-workspace.js';
import { ShiftedClock } from '../support/shifted-clock.js';
import { SteerableAnalyst } from '../support/steerable-analyst.js';
import { storedFiles } from '../support/stored-files.js';
import { until } from '../support/until.js';

const folder = join(process.cwd(), 'test/fixtures/interviews');
const interview = (name: string) => readFileSync(join(folder, name));
const kranz = JSON.parse(interview('eugene-kranz-2011.paragraphs.json').toString()) as string[];

const dayMs = 86_400_000;

describe('analyses of interviews', () => {
  let test: TestApp;
  let client: Client;
  let workspaceId: string;
  let analyst: SteerableAnalyst;
  const clock = new ShiftedClock();

  beforeAll(async () => {
    test = await startApp({
      settings: { ANALYSIS_MAX_BYTES: '100KB', ANALYSIS_DAYS: '30', ANALYSIS_DATA_LIMIT_MB: '768' },
      adapters: (adapters) => ({
        ...adapters,
        clock,
        textAnalyst: (analyst = new SteerableAnalyst(adapters.textAnalyst)),
      }),
    });
  });
  beforeEach(async () => {
    analyst.before = () => Promise.resolve();
    ({ client, workspaceId } = await addWorkspace(test));
  });
  afterAll(() => test.close());

  const get = async <Body>(path: string) => (await client.get(path).expect(200)).body as Body;
  const resultOf = (requestId: string) => get<AnalysisResultView>(`/analysis/requests/${requestId}/result`);
  /** Every level leads to the one below, down to words that stand in the interview exactly so. */
  const expectLineage = async (requestId: string, result: AnalysisResultView) => {
    const ids = <Item>(items: readonly Item[], name: keyof Item) => new Set(items.map((item) => item[name]));
    const [insights, patterns] = [ids(result.insights, 'insight_id'), ids(result.patterns, 'pattern_id')];
    const [meanings, chunks] = [ids(result.meanings, 'meaning_id'), ids(result.chunks, 'chunk_id')];
    for (const each of result.principles) expect(each.insights.every((id) => insights.has(id))).toBe(true);
    for (const { patterns: of, evidence_for, evidence_against } of result.insights) {
      expect(of.every((id) => patterns.has(id))).toBe(true);
      expect([...evidence_for, ...evidence_against].every((id) => meanings.has(id))).toBe(true);
      expect(evidence_for.length).toBeGreaterThan(0);
    }
    for (const each of result.patterns) expect(each.meanings.every((id) => meanings.has(id))).toBe(true);
    const texts = new Map<number, TranscriptView>();
    for (const { interview: number } of result.interviews)
      texts.set(number, await get<TranscriptView>(`/analysis/requests/${requestId}/interviews/${number}`));
    for (const chunk of result.chunks)
      expect(texts.get(chunk.interview)!.text.slice(chunk.start, chunk.end)).toBe(chunk.text);
    for (const { quote, chunk_id } of result.meanings) {
      expect(chunks.has(chunk_id) && quote.chunk_id === chunk_id).toBe(true);
      const { text, turns } = texts.get(quote.interview)!;
      expect(text.slice(quote.start, quote.end)).toBe(quote.text);
      const turn = turns.find(({ start, end }) => start <= quote.start && quote.end <= end)!;
      expect(turn.speaker).toBe(quote.speaker);
    }
  };

  it('lead from a real interview to principles, each of which leads back to who said what, where', async () => {
    const requestId = await sendInterview(client, interview('fountain-hughes-1949.txt'), { name: 'hughes.txt' });
    const status = await analysisEnd(client, requestId);
    expect(status).toMatchObject({
      request_id: requestId,
      research_data: 'file:hughes.txt',
      overall_status: 'completed',
      method: 'extractive',
      analysis_result: { result_data: `/api/v1/analysis/requests/${requestId}/result` },
    });
    for (const step of Object.values(status.analysis_result.steps_status)) {
      expect(step).toMatchObject({
        status: 'completed',
        message: expect.stringMatching(/^Successfully \w+ed \d+ \w+/),
      });
      expect(step.started_at! <= step.completed_at!).toBe(true);
    }
    const result = await resultOf(requestId);
    await expectLineage(requestId, result);
    expect(result.interviews[0]!.speakers).toMatchObject([
      { speaker: 'Fountain Hughes', role: 'interviewee' },
      { speaker: 'Hermond Norwood', role: 'interviewer' },
    ]);
    expect(result.meanings.every(({ quote }) => quote.speaker === 'Fountain Hughes')).toBe(true);
    // What he comes back to is money.
    expect(result.patterns.map(({ theme }) => theme).join()).toMatch(/money|dollar/);
    expect(result.principles.length).toBeGreaterThan(1);
    expect(result.notes[0]).toMatch(/^Made without a language model/);

    const again = await sendInterview(client, interview('fountain-hughes-1949.txt'), { name: 'hughes.txt' });
    await analysisEnd(client, again);
    const same = (each: AnalysisResultView) => ({ ...each, request_id: '', created_at: '' });
    expect(same(await resultOf(again))).toEqual(same(result));
  });

  it('relate several interviews of a study, in every shape that there is', async () => {
    const form = client.post('/analysis/requests').field('title', 'Working lives');
    const files = {
      'fountain-hughes-1949.txt': '',
      'bob-ledbetter-1940.vtt': '',
      'billy-mccrea-1940.srt': '',
      'peggy-whitson-2015.md': '',
    };
    for (const name of Object.keys(files)) void form.attach('file', interview(name), name);
    void form.attach('file', await wordDocument(kranz), 'kranz.docx');
    const { request_id: requestId } = (await form.expect(202)).body as { request_id: string };
    expect((await analysisEnd(client, requestId)).overall_status).toBe('completed');
    const result = await resultOf(requestId);
    await expectLineage(requestId, result);
    expect(result.interviews.map(({ format }) => format)).toEqual(['txt', 'vtt', 'srt', 'md', 'docx']);
    const speakers = result.interviews.map((each) => each.speakers.map(({ speaker, role }) => `${speaker}: ${role}`));
    expect(speakers.slice(1)).toEqual([
      ['John A. Lomax: interviewer', 'Bob Ledbetter: interviewee'],
      [],
      ['Ross-Nazzal: interviewer', 'Whitson: interviewee'],
      ['Ross-Nazzal: interviewer', 'Kranz: interviewee'],
    ]);
    const { quote } = result.meanings.find(({ interview: number }) => number === 2)!;
    expect(quote.speaker).toBe('Bob Ledbetter');
    expect(quote.from_ms).toBeGreaterThanOrEqual(26_000);
    expect(quote.to_ms).toBeLessThanOrEqual(310_000);
    expect(result.meanings.some(({ interview: number }) => number === 5)).toBe(true);
  });

  it('are made of an upload, of an object of the workspace, and of the interviews of an earlier one', async () => {
    const upload = await client
      .with({ 'content-type': 'text/csv' })
      .post('/uploads?file_name=interview.txt', shortInterview as unknown as object)
      .expect(201);
    const { upload_id: uploadId } = upload.body as { upload_id: string };
    const references = [`upload:${uploadId}`, `s3://local/workspaces/${workspaceId}/uploads/${uploadId}/raw`];
    for (const research_data of references) {
      const answer = await client.post('/analysis/requests', { research_data, title: 'One' }).expect(202);
      const { request_id: requestId } = answer.body as { request_id: string };
      expect(answer.headers.location).toBe(`/api/v1/analysis/status/${requestId}`);
      expect(await analysisEnd(client, requestId)).toMatchObject({ overall_status: 'completed', research_data });
      references.push(...(references.length === 2 ? [`analysis:${requestId}`] : []));
    }
    const both = { interviews: [references[0], references[2]], title: 'Both' };
    const merged = (await client.post('/analysis/requests', both).expect(202)).body as { request_id: string };
    await client.delete(`/uploads/${uploadId}`).expect(204);
    expect((await analysisEnd(client, merged.request_id)).interviews).toHaveLength(2);
    expect((await resultOf(merged.request_id)).patterns.some(({ support }) => support.interviews === 2)).toBe(true);
  });

  it('refuse what is not there, what is another workspace’s, and what is no interview', async () => {
    const other = await addWorkspace(test);
    const theirs = await other.client
      .with({ 'content-type': 'text/csv' })
      .post('/uploads?file_name=interview.txt', shortInterview as unknown as object)
      .expect(201);
    const foreign = theirs.body.upload_id as string;
    const refused = async (research_data: string, status = 404) =>
      (await client.post('/analysis/requests', { research_data }).expect(status)).body.type as string;
    expect(await refused(`upload:${foreign}`)).toBe('/problems/upload-not-found');
    const key = `workspaces/${other.workspaceId}/uploads/${foreign}/raw`;
    for (const each of [
      `s3://local/${key}`,
      `s3://bucket/${key}`,
      `s3://local/workspaces/${workspaceId}/../${other.workspaceId}/uploads/${foreign}/raw`,
      `s3://local/workspaces/${workspaceId}/none`,
      'https://example.com/interview.txt',
      'file:///etc/passwd',
      `analysis:${await completedAnalysis(other.client)}`,
    ])
      expect([each, await refused(each)]).toEqual([each, '/problems/research-data-not-found']);
    await client.post('/analysis/requests', {}).expect(400);
    await client.post('/analysis/requests', { research_data: 'upload:x', interviews: ['upload:y'] }).expect(400);

    const send = (content: Buffer, name: string) => client.post('/analysis/requests').attach('file', content, name);
    const pdf = Buffer.from('%PDF-1.7\n\0\0\0');
    expect((await send(pdf, 'interview.pdf').expect(422)).body.detail).toMatch(/"interview.pdf" cannot be read/);
    await send(Buffer.alloc(0), 'empty.txt').expect(422);
    expect((await send(Buffer.alloc(200_000, 'We waited. '), 'long.txt').expect(413)).body.limit).toBe(100_000);
    const wrongField = client.post('/analysis/requests').attach('interview', Buffer.from('x'), 'a.txt');
    await wrongField.expect(400);
    await client.post('/analysis/requests').field('title', 'Nothing').field('method', 'model').expect(400);
    const unknown = send(Buffer.from(shortInterview), 'a.txt').field('temperature', '2');
    expect((await unknown.expect(400)).body.errors).toMatchObject([{ pointer: '/temperature' }]);
    const named = send(Buffer.from(shortInterview), 'a.txt').field('research_data', 'upload:upl_1');
    expect((await named.expect(400)).body.errors).toMatchObject([{ pointer: '/research_data' }]);
    expect((await get<AnalysisPage>('/analysis/requests')).total).toBe(0);
    expect(storedFiles(test).filter((path) => path.includes(`workspaces/${workspaceId}/analysis`))).toEqual([]);
  });

  it('R20: fail with the cause where a document is damaged, or too much for the process that reads it', async () => {
    const damaged = Buffer.concat([(await wordDocument(['P1: Hello.'])).subarray(0, 300), Buffer.alloc(100)]);
    const bomb = await wordDocument([`P1: ${'We waited. '.repeat(4_000_000)}`], 9);
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    for (const [content, type] of [
      [damaged, '/problems/interview-unreadable'],
      [bomb, '/problems/analysis-too-large'],
    ] as const) {
      const requestId = await sendInterview(client, content, { name: 'interview.docx' });
      const status = await analysisEnd(client, requestId);
      expect(status.error).toMatchObject({ type });
      expect(status.analysis_result.steps_status.chunking.message).toMatch(/^The step chunking failed: /);
    }
    // What reads it in a process of its own takes more than a gigabyte until it is ended.
    expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 * 1024);
  });

  it('R22: are accepted once for each Idempotency-Key', async () => {
    const send = (key: string, content: string, more: object = {}) => {
      const call = client.with({ 'idempotency-key': key }).post('/analysis/requests');
      for (const [name, value] of Object.entries(more)) void call.field(name, value as string);
      return call.attach('file', Buffer.from(content), 'a.txt');
    };
    const first = (await send('one', shortInterview).expect(202)).body as object;
    expect((await send('one', shortInterview).expect(202)).body).toEqual(first);
    await send('one', `${shortInterview} And more.`).expect(422);
    await send('one', shortInterview, { title: 'Another' }).expect(422);
    const asked = { research_data: `analysis:${(first as { request_id: string }).request_id}` };
    const post = (body: object) => client.with({ 'idempotency-key': 'two' }).post('/analysis/requests', body);
    const second = (await post(asked).expect(202)).body as object;
    expect((await post(asked).expect(202)).body).toEqual(second);
    await post({ ...asked, title: 'Another' }).expect(422);
    expect((await get<AnalysisPage>('/analysis/requests')).total).toBe(2);
  });

  it('are listed newest first, in pages, by status, with their number', async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      clock.advance(1000);
      ids.push(await sendInterview(client, shortInterview, { title: `Nr. ${nth}`, method: 'model' }));
      await analysisEnd(client, ids.at(-1)!);
    }
    clock.advance(1000);
    const completed = await completedAnalysis(client);
    const first = await get<AnalysisPage>('/analysis/requests?limit=3');
    expect(first).toMatchObject({ total: 4, limit: 3 });
    expect(first.requests.map(({ request_id }) => request_id)).toEqual([completed, ids[2], ids[1]]);
    const rest = await get<AnalysisPage>(`/analysis/requests?limit=3&cursor=${encodeURIComponent(first.next_cursor!)}`);
    expect([rest.requests.map(({ title }) => title), rest.next_cursor]).toEqual([['Nr. 0'], null]);
    const failed = await get<AnalysisPage>('/analysis/requests?status=failed');
    expect([failed.total, failed.requests.length, failed.requests[0]!.step]).toEqual([3, 3, 'chunking']);
    await client.delete(`/analysis/requests/${ids[0]}`).expect(204);
    expect((await get<AnalysisPage>('/analysis/requests?status=failed')).total).toBe(2);
    await client.get(`/analysis/status/${ids[0]}`).expect(404);
    expect(storedFiles(test).filter((path) => path.includes(ids[0]!))).toEqual([]);
  });

  it('are followed from any event on, without a gap', async () => {
    const requestId = await completedAnalysis(client);
    const text = async (after: number) =>
      (await client.get(`/analysis/requests/${requestId}/events?after=${after}`).buffer(true).expect(200)).text;
    const all = [...(await text(0)).matchAll(/^id: (\d+)\nevent: (.*)\ndata: (.*)$/gm)];
    expect(all.map(([, id]) => Number(id))).toEqual(all.map((_, index) => index + 1));
    const steps = ['chunking', 'inferring', 'relating', 'explaining', 'activating'];
    const told = all.map(([, , type, data]) => [type, (JSON.parse(data!) as { step?: string }).step] as const);
    expect(told.filter(([type]) => type === 'analysis.step.completed').map(([, step]) => step)).toEqual(steps);
    expect(told.at(-1)![0]).toBe('analysis.finished');
    expect([...(await text(all.length - 2)).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual([
      all.length - 1,
      all.length,
    ]);
    expect(await text(all.length)).toBe('');
  });

  it('are cancelled in the middle of a step, and go on from there when they are retried', async () => {
    let begun = false;
    analyst.before = async (work, signal) => {
      if (work !== 'relate' || begun) return;
      begun = true;
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    const requestId = await sendInterview(client);
    await until(async () => begun);
    await client.delete(`/analysis/requests/${requestId}`).expect(409);
    await client.post(`/analysis/requests/${requestId}/retry`, {}).expect(409);
    await client.post(`/analysis/requests/${requestId}/cancel`).expect(200);
    const cancelled = await analysisStatus(client, requestId);
    expect(cancelled).toMatchObject({ overall_status: 'failed', error: { type: '/problems/analysis-cancelled' } });
    const { inferring } = cancelled.analysis_result.steps_status;

    await client.post(`/analysis/requests/${requestId}/retry`, { from_step: 'explaining' }).expect(409);
    await client.post(`/analysis/requests/${requestId}/retry`, {}).expect(202);
    const status = await analysisEnd(client, requestId);
    expect(status.overall_status).toBe('completed');
    expect(status.analysis_result.steps_status.inferring).toEqual(inferring);
    await client.post(`/analysis/requests/${requestId}/retry`, { from_step: 'chunking' }).expect(202);
    expect((await analysisEnd(client, requestId)).overall_status).toBe('completed');
  });

  it('R44, R47: get a job when theirs was lost, are told of when they are stuck, and go when their time is over', async () => {
    let goOn = () => undefined as void;
    const waits = new Promise<void>((resolve) => (goOn = resolve));
    analyst.before = async (work) => (work === 'infer' ? waits : undefined);
    // Sessions do not live so long.
    const scopes = ['analysis:read', 'analysis:write'];
    const token = await client.post('/api-tokens', { name: 'Patience', scopes }).expect(201);
    client = new Client(test.address, token.body.token as string);
    const requestId = await sendInterview(client);
    const { inferring } = await until(async () => {
      const { steps_status: steps } = (await analysisStatus(client, requestId)).analysis_result;
      return steps.inferring.status === 'processing' && steps;
    });
    expect(inferring.message).toBe('Finding what each chunk means');
    const watch = test.app.nest.get(AnalysisWatch);
    clock.advance(20 * 60_000);
    await watch.look();
    clock.advance(60_000);
    await watch.look();
    goOn();
    await analysisEnd(client, requestId);
    const { text } = await client.get(`/analysis/requests/${requestId}/events`).buffer(true).expect(200);
    expect(text.match(/event: analysis.step.stuck/g)).toHaveLength(1);

    clock.advance(29 * dayMs);
    await watch.look();
    await analysisStatus(client, requestId);
    clock.advance(2 * dayMs);
    await watch.look();
    await client.get(`/analysis/status/${requestId}`).expect(404);
    expect(storedFiles(test).filter((path) => path.includes(requestId))).toEqual([]);
    expect((await get<AnalysisPage>('/analysis/requests')).total).toBe(0);

    analyst.before = () => Promise.resolve();
    const orphan = await sendInterview(client);
    await analysisEnd(client, orphan);
    const analyses = test.app.nest.get(AnalysisRepository);
    const { result: _, ...item } = (await analyses.find(workspaceId, orphan))!;
    const lost = { ...item, round: 7, request_id: `${orphan}x`, request: `${item.request}x`, revision: 0 };
    await analyses.insert(
      { ...lost, overall_status: 'processing', watched: 'open', due_at: 1, attempt: 'try_gone' },
      {
        type: 'analysis.queued',
        from_step: 'chunking',
        method: 'extractive',
      },
    );
    await watch.look();
    expect((await analysisEnd(client, `${orphan}x`)).overall_status).toBe('completed');
  });

  it('are saved as JSON, Markdown and CSV, in which nothing of others does anything, and compared', async () => {
    const hostile = shortInterview
      .replace('I want a message', '=1+1 I want a good message')
      .replace('I never knew.', 'I never knew of <img src=x onerror=alert(1)> [a link](https://evil.example).');
    const one = await sendInterview(client, hostile, { title: '# <b>Title</b>' });
    await analysisEnd(client, one);
    const download = async (format: string) =>
      (await client.get(`/analysis/requests/${one}/download?format=${format}`).buffer(true).expect(200)).text;
    expect(JSON.parse(await download('json'))).toEqual(await resultOf(one));
    const markdown = await download('markdown');
    expect(markdown).toMatch(/^# \\# &lt;b>Title/);
    expect(markdown).not.toMatch(/<img|\]\(https:/);
    const csv = await download('csv');
    expect(csv).toMatch(/^principle,priority,insight,.*\r\n/);
    expect(csv).not.toMatch(/(^|,)"?[=+@-]/m);
    const other = await completedAnalysis(client);
    const compared = await get<AnalysisComparison>(`/analysis/requests/${one}/comparison?with=${other}`);
    expect(compared.first).toMatchObject({ request_id: one, interviews: 1 });
    expect(compared.patterns.some(({ first, second }) => first !== null && second !== null)).toBe(true);
    await client.get(`/analysis/requests/${one}/interviews/2`).expect(404);
    await client.get(`/analysis/requests/${one}/interviews/x`).expect(404);
  });

  it('R7: end when whoever asked may no longer', async () => {
    let begun = false;
    analyst.before = async (_, signal) => {
      begun = true;
      await new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    const member = await addWorkspace(test, 'analyst', workspaceId);
    const requestId = await sendInterview(member.client);
    await until(async () => begun);
    await client.patch(`/workspaces/${workspaceId}/members/${member.userId}`, { role: 'viewer' }).expect(200);
    expect((await analysisEnd(client, requestId)).error).toMatchObject({ type: '/problems/permission-denied' });
    await member.client.get(`/analysis/status/${requestId}`).expect(200);
    await member.client.post(`/analysis/requests/${requestId}/retry`, {}).expect(403);
  });
});
