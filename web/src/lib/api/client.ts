import createClient, { type Middleware } from 'openapi-fetch';
import { session } from '../session';
import { ApiProblem, asProblem } from './problem';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** Signs each request, names the workspace, and renews the session once when a token is refused. */
const signed: Middleware = {
  async onRequest({ request }) {
    request.headers.set('authorization', `Bearer ${await session.token()}`);
    const workspaceId = session.workspaceId;
    if (workspaceId) request.headers.set('x-workspace-id', workspaceId);
    return request;
  },
};

/** Every call of the API, typed by the OpenAPI document. Use it through `ask`, which rejects with an `ApiProblem`. */
export const api = createClient<paths>({
  baseUrl: '',
  fetch: fetchRenewing,
  querySerializer: { array: { style: 'form', explode: true } },
});
api.use(signed);

/** The answer of a call, or an `ApiProblem`: `await ask(api.GET('/api/v1/tables'))`. */
export async function ask<Data>(call: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> {
  return (await askWithResponse(call)).data;
}

/** As `ask`, with the response for its headers: `ETag`, `Location`. */
export async function askWithResponse<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<{ data: Data; response: Response }> {
  try {
    const { data, error, response } = await call;
    if (!response.ok) throw ApiProblem.from(response, error);
    return { data: data as Data, response };
  } catch (error) {
    throw asProblem(error);
  }
}

/** A signed request beside the typed client: downloads, event streams. Rejects with an `ApiProblem`. */
export async function signedFetch(path: string, options: RequestInit = {}): Promise<Response> {
  try {
    const request = new Request(path, options);
    await signed.onRequest?.({ request } as never);
    const response = await fetchRenewing(request);
    if (!response.ok) throw await ApiProblem.of(response);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw asProblem(error);
  }
}

async function fetchRenewing(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 401) return response;
  const refused = request.headers.get('authorization')?.slice('Bearer '.length) ?? '';
  again.headers.set('authorization', `Bearer ${await session.renew(refused)}`);
  return fetch(again);
}
