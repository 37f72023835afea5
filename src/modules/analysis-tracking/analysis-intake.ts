import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { StrictValidationPipe } from '../../platform/http/validation.pipe.js';
import { newId } from '../../platform/ids.js';
import type { Caller } from '../access/caller.js';
import { IdempotencyKeyReused } from '../idempotency/errors.js';
import { type Claim, IdempotencyService } from '../idempotency/idempotency.service.js';
import { folderOf, type Source } from './analysis-request.js';
import { AcceptedAnalysis, CreateAnalysis } from './analysis.dto.js';
import { AnalysisService } from './analysis.service.js';
import { addressOf } from './domain/shown.js';
import { InterviewSources } from './interview-sources.js';

const call = 'POST /analysis/requests';

/**
 * Takes the request for an analysis, as JSON or as a form with files, once for each Idempotency-Key. What is the same
 * request is known by what it asks for and by the bytes of its files.
 */
@Injectable()
export class AnalysisIntake {
  private readonly validation = new StrictValidationPipe();

  constructor(
    private readonly analyses: AnalysisService,
    private readonly sources: InterviewSources,
    private readonly idempotency: IdempotencyService,
  ) {}

  async take(caller: Caller, request: FastifyRequest): Promise<AcceptedAnalysis> {
    const header = request.headers['idempotency-key'];
    const key = typeof header === 'string' ? header : undefined;
    if (request.isMultipart()) return this.takeForm(caller, request, key);
    const input = await this.validated(request.body);
    if (key === undefined) return this.analyses.create(caller, input);
    const fingerprint = fingerprintOf(input, []);
    const begun = await this.idempotency.begin(caller, call, key, fingerprint);
    if ('status' in begun) return JSON.parse(begun.body) as AcceptedAnalysis;
    return this.carryOut(begun, async () => ({ accepted: await this.analyses.create(caller, input), fingerprint }));
  }

  private async takeForm(caller: Caller, request: FastifyRequest, key: string | undefined): Promise<AcceptedAnalysis> {
    try {
      if (key === undefined) return (await this.acceptForm(caller, request)).accepted;
      // What the files are is known when they have come.
      const begun = await this.idempotency.begin(caller, call, key, '');
      if ('status' in begun) return await this.repeat(caller, request, key, begun.body);
      return await this.carryOut(begun, () => this.acceptForm(caller, request));
    } finally {
      // Nobody reads the rest of a form that was refused, and its sender still wants an answer.
      request.raw.unpipe();
      request.raw.resume();
    }
  }

  private async acceptForm(caller: Caller, request: FastifyRequest): Promise<Outcome> {
    let fingerprint = '';
    const accepted = await this.analyses.accept(caller, async (folder) => {
      const { sources, fields } = await this.sources.receive(caller, folder, request);
      const input = await this.formFields(fields);
      fingerprint = fingerprintOf(input, sources);
      return { ...input, sources, research_data: sources.map((source) => source.research_data).join(', ') };
    });
    return { accepted, fingerprint };
  }

  /** The same form again: it is read only to know that it is the same. */
  private async repeat(
    caller: Caller,
    request: FastifyRequest,
    key: string,
    answer: string,
  ): Promise<AcceptedAnalysis> {
    const folder = folderOf({ workspace_id: caller.workspaceId, request_id: newId('ana') });
    try {
      const { sources, fields } = await this.sources.receive(caller, folder, request);
      const given = fingerprintOf(await this.formFields(fields), sources);
      if ((await this.idempotency.fingerprint(caller, call, key)) !== given) throw new IdempotencyKeyReused(key);
      return JSON.parse(answer) as AcceptedAnalysis;
    } finally {
      await this.sources.discard(folder);
    }
  }

  private async carryOut(claim: Claim, accept: () => Promise<Outcome>): Promise<AcceptedAnalysis> {
    try {
      const { accepted, fingerprint } = await accept();
      const headers = { location: addressOf(accepted.request_id) };
      await this.idempotency.finish(claim, { status: 202, headers, body: JSON.stringify(accepted) }, fingerprint);
      return accepted;
    } catch (error) {
      await this.idempotency.abandon(claim);
      throw error;
    }
  }

  private async formFields(fields: Readonly<Record<string, string>>): Promise<CreateAnalysis> {
    const inJson = Object.keys(fields).filter((name) => name === 'research_data' || name === 'interviews');
    const detail = 'is taken in JSON only; a form has its interviews in the field "file"';
    if (inJson.length > 0) throw new InvalidRequest(inJson.map((name) => ({ pointer: `/${name}`, detail })));
    return this.validated(fields);
  }

  private async validated(body: unknown): Promise<CreateAnalysis> {
    return (await this.validation.transform(body, { type: 'body', metatype: CreateAnalysis })) as CreateAnalysis;
  }
}

interface Outcome {
  readonly accepted: AcceptedAnalysis;
  readonly fingerprint: string;
}

function fingerprintOf(
  { research_data, interviews, title, method }: CreateAnalysis,
  sources: readonly Source[],
): string {
  const files = sources.map(({ name, sha256 }) => [name, sha256]);
  const content = JSON.stringify([research_data, interviews, title, method, files]);
  return createHash('sha256').update(content).digest('hex');
}
