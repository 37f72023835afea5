import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApp, type TestApp } from '../support/app.js';

describe('requests that are wrong', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  });
  afterAll(() => test.close());

  const faults = async (path: string, body: object) =>
    (
      await test.owner
        .post(path, body)
        .expect(400)
        .expect('content-type', /problem\+json/)
    ).body.errors as unknown;

  it('says of a field that is not there only that, and what it could be', async () => {
    expect(await faults('/auth/login', {})).toEqual([
      { pointer: '/email', detail: 'is required' },
      { pointer: '/password', detail: 'is required' },
    ]);
    expect(await faults('/uploads/upl_1/submit', { dataset: 'orders' })).toEqual([
      { pointer: '/mode', detail: 'is required and must be one of the following values: create, append, replace' },
    ]);
  });

  it('says of a value of the wrong type only that', async () => {
    expect(await faults('/queries', { sql: ['select 1'], wait_ms: '100' })).toEqual([
      { pointer: '/sql', detail: 'must be a string' },
      { pointer: '/wait_ms', detail: 'must be an integer number' },
    ]);
  });

  it('says which value is too large, and which field it does not know', async () => {
    expect(await faults('/queries', { sql: 'select 1', wait_ms: 99_999, limit: 5 })).toEqual([
      { pointer: '/limit', detail: 'is not a known field' },
      { pointer: '/wait_ms', detail: 'must not be greater than 30000' },
    ]);
  });

  it.each(['{"sql": }', '{"sql"', 'sql=select 1'])('says that %s is not JSON', async (body) => {
    const answer = await request(test.address)
      .post('/api/v1/queries')
      .set({ authorization: `Bearer ${test.owner.token}`, 'content-type': 'application/json' })
      .send(body)
      .expect(400);
    expect(answer.body).toMatchObject({
      type: '/problems/malformed-json',
      detail: 'The body cannot be read as JSON, although its content type says so.',
    });
  });

  it('quotes a text in SQL that is no number as it is written', async () => {
    const { body } = await test.owner
      .post('/queries', { sql: "select cast('x' as bigint)", wait_ms: 30_000 })
      .expect(200);
    expect(body.error).toMatchObject({ message: "'x' cannot be read as bigint." });
  });
});
