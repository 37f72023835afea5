import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { methods } from '../../interviews/analysis.js';
import { sendFile } from '../../platform/http/send-file.js';
import { sendEvents } from '../../platform/http/sse.js';
import { RequirePermission } from '../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import {
  AcceptedAnalysis,
  AnalysisPage,
  AnalysisStatusAnswer,
  CompareAnalyses,
  CreateAnalysis,
  DownloadAnalysis,
  ListAnalyses,
  RetryAnalysis,
} from './analysis.dto.js';
import { AnalysisEvents } from './analysis-events.js';
import { AnalysisIntake } from './analysis-intake.js';
import { AnalysisResults } from './analysis-results.js';
import { AnalysisService } from './analysis.service.js';
import { contentTypes, extensions } from './domain/content-types.js';
import { AnalysisComparison, AnalysisResultView, TranscriptView } from './result.dto.js';

/** What stands in a form besides the files; the rest is as in JSON. */
const form = {
  type: 'object' as const,
  required: ['file'],
  properties: {
    file: {
      type: 'array' as const,
      maxItems: 20,
      items: { type: 'string' as const, format: 'binary' },
      description: 'An interview: .txt, .md, .vtt, .srt or .docx. Several are interviews of one study.',
    },
    title: { type: 'string' as const, maxLength: 200 },
    method: { type: 'string' as const, enum: [...methods] },
  },
};

@ApiTags('Analysis')
@Controller('analysis')
export class AnalysisController {
  constructor(
    private readonly analyses: AnalysisService,
    private readonly intake: AnalysisIntake,
    private readonly results: AnalysisResults,
    private readonly events: AnalysisEvents,
  ) {}

  /**
   * Ask for an analysis of an interview, or of several of one study: from what was said to principles to design by. The
   * interviews are named in JSON, or sent as a form with one or more files. It goes on whatever dies, with your rights.
   */
  @Post('requests')
  @HttpCode(202)
  @RequirePermission('analysis:write')
  @ApiExtraModels(CreateAnalysis)
  @ApiOperation({
    summary:
      'Ask for an analysis of an interview, or of several of one study. From what was said to principles to design by. The interviews are named in JSON, or sent as a form with one or more files. It goes on whatever dies, with your rights.',
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { $ref: getSchemaPath(CreateAnalysis) } },
        'multipart/form-data': { schema: form },
      },
    },
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Makes a retry harmless: the same key and request get the same analysis, the same key with another request is 422.',
  })
  async create(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedAnalysis> {
    const accepted = await this.intake.take(caller, request);
    void reply.header('location', `/api/v1/analysis/status/${accepted.request_id}`);
    return accepted;
  }

  /** The analyses of the workspace, the latest first. */
  @Get('requests')
  @RequirePermission('analysis:read')
  list(@CurrentCaller() caller: Caller, @Query() query: ListAnalyses): Promise<AnalysisPage> {
    return this.analyses.list(caller, query);
  }

  /** Where an analysis and its five steps stand. */
  @Get('status/:request_id')
  @RequirePermission('analysis:read')
  status(@CurrentCaller() caller: Caller, @Param('request_id') requestId: string): Promise<AnalysisStatusAnswer> {
    return this.analyses.status(caller, requestId);
  }

  /** Everything that was found. Each level leads down to quotes with their speaker and place. */
  @Get('requests/:request_id/result')
  @RequirePermission('analysis:read')
  result(@CurrentCaller() caller: Caller, @Param('request_id') requestId: string): Promise<AnalysisResultView> {
    return this.results.result(caller, requestId);
  }

  /** The result as a file: JSON, Markdown to be read, or a CSV with a row for each quote. */
  @Get('requests/:request_id/download')
  @RequirePermission('analysis:read')
  @ApiProduces(...Object.values(contentTypes))
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  download(
    @CurrentCaller() caller: Caller,
    @Param('request_id') requestId: string,
    @Query() { format }: DownloadAnalysis,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendFile(request, reply, {
      name: `${requestId}.${extensions[format]}`,
      contentType: contentTypes[format],
      open: () => this.results.download(caller, requestId, format),
    });
  }

  /** The text of an interview, numbered from 1, in which all offsets count, and who says what in it. */
  @Get('requests/:request_id/interviews/:interview')
  @RequirePermission('analysis:read')
  interview(
    @CurrentCaller() caller: Caller,
    @Param('request_id') requestId: string,
    @Param('interview') interview: string,
  ): Promise<TranscriptView> {
    return this.results.interview(caller, requestId, interview);
  }

  /** What two analyses have in common, and what only one of them found. */
  @Get('requests/:request_id/comparison')
  @RequirePermission('analysis:read')
  compare(
    @CurrentCaller() caller: Caller,
    @Param('request_id') requestId: string,
    @Query() { with: other }: CompareAnalyses,
  ): Promise<AnalysisComparison> {
    return this.results.compare(caller, requestId, other);
  }

  /**
   * Follow an analysis as Server-Sent Events until it has ended. Send the last id as `Last-Event-ID`, or `?after=`, to go on.
   *
   * `analysis.queued`, `analysis.started`, for each step `analysis.step.started`, `analysis.step.progress`, `analysis.step.retrying`, `analysis.step.stuck` and
   * `analysis.step.completed` or `analysis.step.failed`, and `analysis.finished`. Each is JSON with `request_id`, `seq` = 1, 2, 3 … and `at`.
   */
  @Get('requests/:request_id/events')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Ends when the analysis has ended.', schema: { type: 'string' } })
  @RequirePermission('analysis:read')
  follow(
    @CurrentCaller() caller: Caller,
    @Param('request_id') requestId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendEvents(request, reply, (after, signal) => this.events.follow(caller, requestId, after, signal));
  }

  /** Go on with an analysis that has ended, from the step that failed or from an earlier one. What was found before that step is kept. */
  @Post('requests/:request_id/retry')
  @HttpCode(202)
  @RequirePermission('analysis:write')
  retry(
    @CurrentCaller() caller: Caller,
    @Param('request_id') requestId: string,
    @Body() input: RetryAnalysis,
  ): Promise<AnalysisStatusAnswer> {
    return this.analyses.retry(caller, requestId, input);
  }

  /** Cancel an analysis: what works on it stops within a second. What its completed steps found is kept. */
  @Post('requests/:request_id/cancel')
  @HttpCode(200)
  @RequirePermission('analysis:write')
  cancel(@CurrentCaller() caller: Caller, @Param('request_id') requestId: string): Promise<AnalysisStatusAnswer> {
    return this.analyses.cancel(caller, requestId);
  }

  /** Delete an analysis that has ended, with its interviews and all that was found. */
  @Delete('requests/:request_id')
  @HttpCode(204)
  @RequirePermission('analysis:write')
  delete(@CurrentCaller() caller: Caller, @Param('request_id') requestId: string): Promise<void> {
    return this.analyses.delete(caller, requestId);
  }
}
