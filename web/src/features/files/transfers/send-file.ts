import type { DetailedError, HttpRequest, Upload } from 'tus-js-client';
import { ApiProblem } from '@/lib/api/problem';
import { patiently } from '@/lib/patiently';
import { session } from '@/lib/session';

export interface SendingEvents {
  readonly onAddress: (uploadId: string) => void;
  readonly onProgress: (sent: number) => void;
  /** The connection is lost; it is tried again by itself. */
  readonly onTrouble: () => void;
  readonly onDone: (uploadId: string) => void;
  readonly onFailed: (problem: ApiProblem) => void;
}

/** A file on its way. */
export interface Sending {
  start(): void;
  pause(): void;
  /** Stops, and removes what has arrived. */
  abandon(): Promise<void>;
}

const endpoint = '/api/v1/uploads/resumable';
/** Each part is a request of its own with a fresh token, and so long that its cost does not count. */
const partBytes = 32 * 1024 * 1024;
/** About ten minutes; any progress begins anew. */
const retryDelays = [0, 1000, 2000, 4000, ...Array.from({ length: 75 }, () => 8000)];
const statusesWorthRetrying = new Set([0, 400, 401, 408, 409, 423, 425, 429, 500, 502, 503, 504]);

const loadTus = patiently(() => import('tus-js-client'));

/** Sends a file by the tus protocol, or goes on with the upload of that id. */
export async function sendFile(
  file: File,
  { workspaceId, uploadId }: { workspaceId: string; uploadId: string | undefined },
  events: SendingEvents,
): Promise<Sending> {
  const tus = await loadTus();
  const signer = new Signer(workspaceId);
  // An upload that is stopped while the service makes it would stay there unknown; it is stopped once it has an address.
  let creating = false;
  let stopped: 'paused' | 'abandoned' | undefined;
  const upload: Upload = new tus.Upload(file, {
    endpoint,
    uploadUrl: uploadId === undefined ? null : `${endpoint}/${uploadId}`,
    metadata: { filename: file.name },
    chunkSize: partBytes,
    retryDelays,
    storeFingerprintForResuming: false,
    onBeforeRequest: (request) => signer.sign(request),
    onShouldRetry: (error) => {
      if (stopped) return false;
      const status = error.originalResponse?.getStatus() ?? 0;
      if (status === 401) signer.refused();
      if (!statusesWorthRetrying.has(status)) return false;
      events.onTrouble();
      return true;
    },
    onUploadUrlAvailable: () => {
      creating = false;
      if (stopped !== 'abandoned') events.onAddress(idOf(upload));
      if (stopped) void stop(stopped).catch(() => undefined);
    },
    onProgress: (sent) => events.onProgress(sent),
    onSuccess: () => events.onDone(idOf(upload)),
    onError: (error) => {
      creating = false;
      if (!stopped) events.onFailed(problemOf(error));
    },
  });
  const stop = async (how: 'paused' | 'abandoned') => {
    stopped = how;
    if (!creating) await upload.abort(how === 'abandoned');
  };
  return {
    start: () => {
      stopped = undefined;
      if (creating) return;
      creating = upload.url === null;
      upload.start();
    },
    pause: () => void stop('paused'),
    abandon: () => stop('abandoned'),
  };
}

/** Signs each request with a token that is good at that moment. */
class Signer {
  private used = '';
  private mustRenew = false;

  constructor(private readonly workspaceId: string) {}

  refused(): void {
    this.mustRenew = true;
  }

  async sign(request: HttpRequest): Promise<void> {
    this.used = this.mustRenew ? await session.renew(this.used) : await session.token();
    this.mustRenew = false;
    request.setHeader('Authorization', `Bearer ${this.used}`);
    request.setHeader('X-Workspace-Id', this.workspaceId);
  }
}

function idOf({ url }: Upload): string {
  return url?.split('/').at(-1) ?? '';
}

function problemOf(error: Error | DetailedError): ApiProblem {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  if (!response || status < 200) return ApiProblem.unreachable(error);
  return ApiProblem.from(new Response(null, { status }), parse(response.getBody()));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
