import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { formatOf } from '../../interviews/reading/format.js';
import { Problem } from '../../platform/errors/problem.js';
import { ObjectNotFound } from '../../providers/object-store/errors.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied } from '../access/errors.js';
import type { Permission } from '../access/permissions.js';
import { InterviewUnreadable } from '../analysis/errors.js';
import { cleanFileName } from '../uploads/domain/file-name.js';
import { MalformedForm } from '../uploads/errors.js';
import { Intake } from '../uploads/receiving/intake.js';
import { formProblem, nextPart } from '../uploads/receiving/upload-body.js';
import { UploadsService } from '../uploads/uploads.service.js';
import { UsageService } from '../usage/usage.service.js';
import type { Source } from './analysis-request.js';
import { AnalysisRepository } from './analysis.repository.js';
import { InterviewTooLarge, ResearchDataNotFound } from './errors.js';

/** What came with the files of a form. */
export interface ReceivedForm {
  readonly sources: readonly Source[];
  readonly fields: Readonly<Record<string, string>>;
}

interface Original {
  readonly name: string;
  readonly research_data: string;
  readonly open: () => Promise<Readable>;
  readonly explain: (error: Error) => Error;
}

export const mostInterviews = 20;
const mostFields = 3;
/** The embedded store has no bucket; this name stands for it. */
const embeddedBucket = 's3://local/';

/** Keeps the interviews of an analysis: as they were when it was asked for, whatever becomes of the originals. */
@Injectable()
export class InterviewSources {
  constructor(
    private readonly store: ObjectStore,
    private readonly uploads: UploadsService,
    private readonly analyses: AnalysisRepository,
    private readonly usage: UsageService,
    private readonly config: Config,
  ) {}

  /** Copies what `references` name into `folder`. Throws what says why one cannot be had. */
  async copy(caller: Caller, folder: string, references: readonly string[]): Promise<readonly Source[]> {
    const originals: Original[] = [];
    for (const reference of references) originals.push(...(await this.originals(caller, reference)));
    const sources: Source[] = [];
    for (const original of originals.slice(0, mostInterviews))
      sources.push(await this.keep(caller, folder, sources.length + 1, original));
    return sources;
  }

  /** Takes the files of a form, each named `file`, and its fields. */
  async receive(caller: Caller, folder: string, request: FastifyRequest): Promise<ReceivedForm> {
    const { uploadIdleSeconds: idleSeconds } = this.config;
    const limits = { files: mostInterviews + 1, fields: mostFields, parts: mostInterviews + mostFields + 1 };
    const parts = request.parts({ limits });
    const sources: Source[] = [];
    const fields: Record<string, string> = {};
    for (let part; (part = await nextPart(request, parts, idleSeconds)) !== undefined;) {
      if (part.type === 'field') {
        fields[part.fieldname] = String(part.value);
        continue;
      }
      if (part.fieldname !== 'file' || sources.length === mostInterviews)
        throw new MalformedForm(`A form has up to ${mostInterviews} files, each in a field "file".`);
      const { file, filename } = part;
      const name = cleanFileName(filename, 'interview.txt');
      const original = { name, research_data: `file:${name}`, open: async () => file };
      const explain = (error: Error) => formProblem(error, request);
      sources.push(await this.keep(caller, folder, sources.length + 1, { ...original, explain }));
    }
    if (sources.length === 0) throw new MalformedForm('The form has no file; send an interview in the field "file".');
    return { sources, fields };
  }

  /** Nothing of a request that was not accepted stays. */
  async discard(folder: string): Promise<void> {
    await this.store.deletePrefix(folder);
  }

  private async originals(caller: Caller, reference: string): Promise<Original[]> {
    const { workspaceId } = caller;
    const [, kind, rest] = /^(upload:|analysis:|s3:\/\/)(.+)$/s.exec(reference) ?? [];
    if (kind === 'upload:') {
      requirePermission(caller, 'uploads:read');
      const upload = await this.uploads.findReadable(workspaceId, rest!);
      return [this.stored(upload.raw_key!, upload.file_name, reference)];
    }
    if (kind === 'analysis:') {
      const analysis = await this.analyses.find(workspaceId, rest!);
      if (!analysis) throw new ResearchDataNotFound(reference);
      return analysis.sources.map(({ key, name, research_data }) => this.stored(key, name, research_data));
    }
    if (kind === undefined) throw new ResearchDataNotFound(reference);
    requirePermission(caller, 'datasets:read');
    const key = this.keyOf(reference);
    // What belongs to another workspace is as what is not there.
    if (!key?.startsWith(`workspaces/${workspaceId}/`) || !(await this.store.head(key)))
      throw new ResearchDataNotFound(reference);
    return [this.stored(key, key.slice(key.lastIndexOf('/') + 1), reference)];
  }

  private keyOf(location: string): string | undefined {
    try {
      const embedded = this.store.location('workspaces').startsWith('file:') && location.startsWith(embeddedBucket);
      const key = embedded ? location.slice(embeddedBucket.length) : this.store.keyOf(location);
      this.store.location(key);
      return key;
    } catch {
      return undefined;
    }
  }

  private stored(key: string, name: string, reference: string): Original {
    const explain = (error: Error) => (error instanceof ObjectNotFound ? new ResearchDataNotFound(reference) : error);
    return { name, research_data: reference, open: () => this.store.get(key), explain };
  }

  private async keep({ workspaceId }: Caller, folder: string, number: number, original: Original): Promise<Source> {
    const { name, research_data, open, explain } = original;
    const limit = this.config.analysisMaxBytes;
    const intake = Intake.of(
      await open().catch((error: Error) => Promise.reject(explain(error))),
      {
        limit,
        tooLarge: () => new InterviewTooLarge(name, limit),
        idleSeconds: this.config.uploadIdleSeconds,
        assertRoom: async () => undefined,
        fromStart: false,
        onProgress: () => undefined,
      },
      explain,
    );
    const key = `${folder}sources/${number}`;
    try {
      await this.store.put(key, intake);
    } catch (error) {
      throw intake.errored instanceof Problem ? intake.errored : error;
    }
    await this.usage.refuseToStore(workspaceId, intake.bytes);
    const reason = intake.bytes === 0 ? 'it is empty.' : 'it is none of the formats that can be.';
    if (intake.bytes === 0 || !formatOf(name, intake.head)) throw new InterviewUnreadable(name, reason);
    return { name, research_data, key, bytes: intake.bytes, sha256: intake.digest() };
  }
}

function requirePermission({ permissions }: Caller, permission: Permission): void {
  if (!permissions.has(permission)) throw new PermissionDenied(permission);
}
