import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callOf } from '../../e2e/tenancy-matrix/calls.js';
import type { Maker } from '../../e2e/tenancy-matrix/row.js';
import { rows } from '../../e2e/tenancy-matrix/rows.js';
import { ApiDocument, type Parameter } from '../../support/api-document.js';
import { startApp, type TestApp } from '../../support/app.js';
import { type Furniture, furnish } from '../../support/furnished.js';
import { addWorkspace, type Member } from '../../support/other-workspace.js';
import { type Answer, type Call, Wire } from '../../support/wire.js';
import { type Field, fieldsOf, swapsOf, withField } from './fields.js';
import { hostilePaths, hostileQueries } from './parameters.js';

/** Fields that no caller may set, in no call that does not document them. */
const intruders = ['role', 'workspace_id', 'user_id', 'is_administrator', 'is_active', 'version', 'constructor'];

/** Values of parameters are data of any kind, and passwords are not kept. */
const isKept = ({ path }: Field) => path[0] !== 'parameters' && !String(path.at(-1)).endsWith('password');

/** A token in the address does not matter beside the one in the header. */
const isCredential = ({ name }: Parameter) => name === 'token';

describe('requests that are not as the document says', () => {
  let test: TestApp;
  let wire: Wire;
  let document: ApiDocument;
  let owner: Member;
  let furniture: Furniture;
  let sent = 0;

  beforeAll(async () => {
    const unlimited = '1000000';
    test = await startApp({
      settings: {
        RATE_LIMIT_PER_USER: unlimited,
        RATE_LIMIT_PER_WORKSPACE: unlimited,
        RATE_LIMIT_PER_ADDRESS: unlimited,
      },
    });
    wire = new Wire(test.address);
    document = ApiDocument.of(test);
    owner = await addWorkspace(test);
    furniture = await furnish(owner.client, owner.workspaceId, (place) => `${place}_fuzzed`);
  });

  afterAll(async () => {
    process.stdout.write(`malformed requests ${sent}\n`);
    wire.close();
    await test.close();
  });

  const maker = (caller = owner): Maker => ({
    owner: caller.client,
    caller: caller.client,
    workspaceId: caller.workspaceId,
    newcomer: () => addWorkspace(test, 'viewer', owner.workspaceId),
  });

  /** A valid call of the row, by somebody who may be used up when the call does so. */
  async function validCall(key: string): Promise<{ call: Call; caller: Member }> {
    const row = rows[key]!;
    const caller = row.changesCaller || row.inNewWorkspace ? await addWorkspace(test) : owner;
    const own = row.inNewWorkspace ? { workspace_id: caller.workspaceId } : {};
    const objects = { ...furniture, ...own, ...(await row.fresh?.(maker(caller))) };
    return { call: await callOf(key, row, objects, maker(caller)), caller };
  }

  async function send(call: Call, caller: Member = owner): Promise<Answer> {
    sent += 1;
    return wire.send({ ...call, headers: { ...call.headers, ...caller.client.allHeaders } });
  }

  /** What is wrong with any answer: that it is an error of ours, or not as the document says. */
  function faultsOf(key: string, answer: Answer): string[] {
    const own = answer.status >= 500 ? [`it is ${answer.status}`] : [];
    return [...own, ...document.faultsOfAnswer(key, answer)];
  }

  const documented = Object.keys(rows).filter((key) => !/^GET \/($|problems|invitation)/.test(key));

  it('R16: the document has every route', () => {
    expect(documented.filter((key) => !document.operations.has(key))).toEqual([]);
  });

  it.each(documented)('R16: %s answers a valid request as the document says', async (key) => {
    const { call, caller } = await validCall(key);
    const answer = await send(call, caller);
    expect({ faults: faultsOf(key, answer), text: answer.text.slice(0, 300) }).toMatchObject({ faults: [] });
  });

  /** Points at the field, or at what it is in or holds. */
  function pointsAt({ text }: Answer, { path }: Pick<Field, 'path'>): boolean {
    const pointer = `/${path.join('/')}/`;
    const { errors = [] } = JSON.parse(text) as { errors?: { pointer: string }[] };
    return errors.some((each) => pointer.startsWith(`${each.pointer}/`) || `${each.pointer}/`.startsWith(pointer));
  }

  function faultsOfRefusal(key: string, answer: Answer, field?: Pick<Field, 'path'>): string[] {
    const faults = faultsOf(key, answer);
    if (answer.status !== 400) return [...faults, `it is ${answer.status} in place of 400`];
    if (field && !pointsAt(answer, field)) faults.push(`it does not point there: ${answer.text.slice(0, 300)}`);
    return faults;
  }

  const withBodies = documented.filter((key) => rows[key]!.body !== undefined);

  it.each(withBodies)('R16: %s refuses each field of a wrong type, with a pointer', async (key) => {
    const schema = document.body(key);
    if (!schema) return;
    const { call, caller } = await validCall(key);
    const faults: string[] = [];
    for (const field of fieldsOf(document, schema)) {
      for (const { label, value, isWrong, isUnstorable } of swapsOf(document, field)) {
        const body = withField(document, schema, call.body as object, field, value);
        const answer = await send({ ...call, body }, caller);
        const found = isWrong ? faultsOfRefusal(key, answer, field) : faultsOf(key, answer);
        if (isUnstorable && answer.status < 400 && isKept(field)) found.push('it is kept');
        faults.push(...found.map((fault) => `${field.path.join('/')} as ${label}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });

  it.each(withBodies)('R16: %s refuses fields that it does not know, and bodies that are no objects', async (key) => {
    const schema = document.body(key);
    if (!schema) return;
    const { call, caller } = await validCall(key);
    const faults: string[] = [];
    for (const name of intruders.filter((each) => schema.properties?.[each] === undefined)) {
      const answer = await send({ ...call, body: { ...(call.body as object), [name]: 'owner' } }, caller);
      faults.push(...faultsOfRefusal(key, answer, { path: [name] }).map((fault) => `with ${name}: ${fault}`));
    }
    const polluted = JSON.stringify(call.body).replace('{', '{"__proto__":{"role":"owner"},').replace(',}', '}');
    const headers = { ...call.headers, 'content-type': 'application/json' };
    for (const body of [polluted, '[]', '"x"', '1', 'null', '{', '{"a":1}}', '\ud800']) {
      const answer = await send({ ...call, headers, body }, caller);
      faults.push(...faultsOfRefusal(key, answer).map((fault) => `${body}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });

  it.each(documented.filter((key) => key.includes('{')))('R16: %s knows no hostile path', async (key) => {
    const row = rows[key]!;
    const faults: string[] = [];
    for (const name of [...key.matchAll(/\{(\w+)\}/g)].map(([, each]) => each!)) {
      for (const value of hostilePaths) {
        const call = await callOf(key, row, { ...furniture, [name]: value }, maker());
        const answer = await send(call);
        const found = faultsOf(key, answer);
        if (answer.status < 400) found.push(`it is ${answer.status}`);
        faults.push(...found.map((fault) => `${name} ${value.slice(0, 40)}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });

  it.each(documented)('R16: %s takes hostile parameters for what they are', async (key) => {
    const { call, caller } = await validCall(key);
    const faults: string[] = [];
    for (const parameter of document.operations.get(key)!.parameters ?? []) {
      if (parameter.in !== 'query' || isCredential(parameter)) continue;
      for (const { query, isWrong } of hostileQueries(parameter)) {
        const { path } = call;
        const answer = await send({ ...call, path: `${path.split('?')[0]}?${query}` }, caller);
        const found = faultsOf(key, answer);
        if (isWrong && answer.status < 400) found.push(`it is ${answer.status}`);
        faults.push(...found.map((fault) => `${query.slice(0, 60)}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });
});
