import { AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsFailure, FakeJsonService } from './fake-service.js';

class FakeEcho extends FakeJsonService {
  constructor() {
    super('athena', '1.1');
  }

  protected async invoke(operation: string, input: Record<string, unknown>): Promise<object> {
    if (input.QueryString === 'bad') {
      throw new AwsFailure({ name: 'InvalidRequestException', status: 400, fields: { AthenaErrorCode: 'MALFORMED' } });
    }
    return { QueryExecutionId: `${operation} ${String(input.QueryString)}` };
  }
}

describe('a fake service of AWS', () => {
  let fake: FakeEcho;
  let client: AthenaClient;

  beforeAll(async () => {
    fake = await new FakeEcho().listen();
    client = new AthenaClient({ ...fake.clientConfig, maxAttempts: 2 });
  });
  afterAll(async () => {
    client.destroy();
    await fake.close();
  });

  const start = (query: string, using = client) => using.send(new StartQueryExecutionCommand({ QueryString: query }));

  it('answers the real client, and with the documented errors', async () => {
    expect((await start('SELECT 1')).QueryExecutionId).toBe('StartQueryExecution SELECT 1');
    await expect(start('bad')).rejects.toMatchObject({ name: 'InvalidRequestException', AthenaErrorCode: 'MALFORMED' });
  });

  it.each([
    ['of somebody else', { credentials: { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' } }, 'InvalidAccessKeyId'],
    [
      'with another secret',
      { credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'x' } },
      'SignatureDoesNotMatch',
    ],
    ['for another region', { region: 'us-east-1' }, 'SignatureDoesNotMatch'],
    ['from a clock that is wrong', { systemClockOffset: 600_000 }, 'RequestTimeTooSkewed'],
  ])('believes no request %s', async (_, config, name) => {
    const other = new AthenaClient({ ...fake.clientConfig, ...config, maxAttempts: 1 });
    await expect(start('SELECT 1', other)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
    other.destroy();
  });

  it('fails on demand, and counts what was done', async () => {
    const before = fake.count('StartQueryExecution');
    fake.failNext({ operation: 'StartQueryExecution', error: { name: 'TooManyRequestsException', status: 400 } });
    await start('throttled once');
    expect(fake.count('StartQueryExecution')).toBe(before + 1);
    fake.failNext({ drop: 'reply' });
    await start('done twice');
    expect(fake.count('StartQueryExecution')).toBe(before + 3);
    fake.failNext({ operation: 'GetQueryExecution', drop: 'request', times: 2 });
    await expect(client.send(new GetQueryExecutionCommand({ QueryExecutionId: 'x' }))).rejects.toThrow();
    expect(fake.count('GetQueryExecution')).toBe(0);
  });
});
