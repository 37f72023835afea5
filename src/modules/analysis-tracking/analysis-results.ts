import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { Transcript } from '../../interviews/analysis.js';
import { compare } from '../../interviews/compare.js';
import { ObjectNotFound } from '../../providers/object-store/errors.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import type { AnalysisRequest } from './analysis-request.js';
import { AnalysisService } from './analysis.service.js';
import type { ExportFormat } from './domain/content-types.js';
import { transcriptKey } from './domain/object-keys.js';
import { resultCsv } from './domain/result-csv.js';
import { resultMarkdown } from './domain/result-markdown.js';
import { AnalysisUnfinished, InterviewNotFound } from './errors.js';
import { AnalysisComparison, AnalysisResultView, type ComparedSide, TranscriptView } from './result.dto.js';

const writers: Readonly<Record<ExportFormat, (result: AnalysisResultView) => string>> = {
  json: (result) => `${JSON.stringify(result, undefined, 2)}\n`,
  markdown: resultMarkdown,
  csv: resultCsv,
};

/** What analyses have found, as it is read, saved and compared. */
@Injectable()
export class AnalysisResults {
  constructor(
    private readonly analyses: AnalysisService,
    private readonly store: ObjectStore,
    private readonly audit: AuditLog,
  ) {}

  /** Throws `AnalysisNotFound` or `AnalysisUnfinished`. */
  async result(caller: Caller, requestId: string): Promise<AnalysisResultView> {
    const result = await this.read(await this.analyses.find(caller, requestId));
    await this.audit.record({ ...caller, action: 'analysis.read', object: requestId, outcome: 'allowed' });
    return result;
  }

  async download(caller: Caller, requestId: string, format: ExportFormat): Promise<Readable> {
    const result = await this.read(await this.analyses.find(caller, requestId));
    const event = { ...caller, action: 'analysis.exported', object: requestId, outcome: 'allowed' } as const;
    await this.audit.record({ ...event, detail: { format } });
    return Readable.from([writers[format](result)]);
  }

  /** Throws `InterviewNotFound`, also for one that has not been read yet. */
  async interview(caller: Caller, requestId: string, interview: string): Promise<TranscriptView> {
    const item = await this.analyses.find(caller, requestId);
    const number = /^[1-9]\d?$/.test(interview) ? Number(interview) : 0;
    const source = item.sources[number - 1];
    if (!source || item.steps.chunking.status !== 'completed') throw new InterviewNotFound(requestId, interview);
    const { format, text, turns } = await this.open<Transcript>(transcriptKey(item, number), () => {
      throw new InterviewNotFound(requestId, interview);
    });
    const event = { ...caller, action: 'analysis.read', object: requestId, outcome: 'allowed' } as const;
    await this.audit.record({ ...event, detail: { interview: number } });
    return { interview: number, name: source.name, format, text, turns: [...turns] };
  }

  async compare(caller: Caller, requestId: string, otherId: string): Promise<AnalysisComparison> {
    const one = await this.read(await this.analyses.find(caller, requestId));
    const other = await this.read(await this.analyses.find(caller, otherId));
    const event = { ...caller, action: 'analysis.read', object: requestId, outcome: 'allowed' } as const;
    await this.audit.record({ ...event, detail: { compared_with: otherId } });
    return { first: sideOf(one), second: sideOf(other), ...compare(one, other) };
  }

  private read(item: AnalysisRequest): Promise<AnalysisResultView> {
    const { result, request_id, overall_status } = item;
    if (result === undefined) throw new AnalysisUnfinished(request_id, overall_status);
    return this.open<AnalysisResultView>(result, (error) => {
      throw error;
    });
  }

  private async open<Content>(key: string, missing: (error: ObjectNotFound) => never): Promise<Content> {
    try {
      return (await json(await this.store.get(key))) as Content;
    } catch (error) {
      if (error instanceof ObjectNotFound) missing(error);
      throw error;
    }
  }
}

function sideOf(result: AnalysisResultView): ComparedSide {
  const { request_id, title, method, interviews, meanings, patterns, insights, principles } = result;
  return {
    request_id,
    title,
    method,
    interviews: interviews.length,
    meanings: meanings.length,
    patterns: patterns.length,
    insights: insights.length,
    principles: principles.length,
  };
}
