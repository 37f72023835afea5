import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Matrix } from './matrix.js';
import { routesByKey, servedKeys } from './route-keys.js';
import { rows } from './rows.js';

/** Files that are the same for everybody: documentation, and the web page where it is built. */
const isFile = (key: string) => /^(GET|HEAD) (\/?\*?$|\/docs(\W|$))/.test(key);

describe('the tenancy matrix', () => {
  let test: TestApp;
  let matrix: Matrix;
  let routes: ReturnType<typeof routesByKey>;

  beforeAll(async () => {
    const unlimited = '1000000';
    test = await startApp({
      settings: {
        RATE_LIMIT_PER_USER: unlimited,
        RATE_LIMIT_PER_ADDRESS: unlimited,
        RESUMABLE_UPLOADS_PER_WORKSPACE: '100',
        WORKSPACES_PER_USER: '1000',
      },
    });
    routes = routesByKey(test);
    matrix = await Matrix.build(test);
  });

  afterAll(async () => {
    matrix.close();
    await test.close();
  });

  it('R1: has a row for every route, and a route for every row', () => {
    const missing = [...routes.keys()].filter((key) => !(key in rows));
    const idle = Object.keys(rows).filter((key) => !routes.has(key));
    expect({ 'add a row to test/e2e/tenancy-matrix/*.rows.ts for': missing, 'no such route': idle }).toEqual({
      'add a row to test/e2e/tenancy-matrix/*.rows.ts for': [],
      'no such route': [],
    });
  });

  it('R1: knows every route that the server answers at', () => {
    const isKnown = (key: string) => routes.has(key) || routes.has(key.replace(/^HEAD/, 'GET')) || isFile(key);
    const served = servedKeys(test);
    expect(served.filter((key) => !isKnown(key))).toEqual([]);
    expect([...routes.keys()].filter((key) => !served.includes(key))).toEqual([]);
  });

  it('R1: shows nothing of another workspace in any list', async () => {
    const lists = Object.entries(rows).filter(([key, { names }]) => /^GET [^{]*$/.test(key) && !names);
    const shown = await Promise.all(
      lists.map(async ([key, row]) => [key, await matrix.shownOfOther(key, row, routes.get(key)!.access!)] as const),
    );
    expect(shown.filter(([, names]) => names.length > 0)).toEqual([]);
  });

  it.each(Object.entries(rows))('R1, R4: %s', async (key, row) => {
    const access = routes.get(key)?.access;
    if (access) expect(await matrix.faults(key, row, access)).toEqual([]);
  });
});
