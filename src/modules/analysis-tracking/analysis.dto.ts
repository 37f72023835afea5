import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, Length } from 'class-validator';
import { type Method, methods, type Step, steps } from '../../interviews/analysis.js';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { exportFormats } from './domain/content-types.js';
import { type Status, statuses } from './analysis-request.js';

/** Interviews to analyse: one in `research_data`, or several of the same study in `interviews`. */
export class CreateAnalysis {
  /**
   * `upload:upl_…`, an upload of the workspace; `s3://…`, an object of the workspace in the service’s own store; or
   * `analysis:ana_…`, the interviews of an earlier analysis.
   * @example "upload:upl_01j8x0q0000000000000000000"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(4, 1000)
  research_data?: string;

  /** Several interviews of a study, each named as in `research_data`, which are related to each other in one step. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @IsStorable()
  @Length(4, 1000, { each: true })
  interviews?: string[];

  /** @example "Why people stop filling in the form" */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 200)
  title?: string;

  /** Absent: `model` where a language model is set up, else `extractive`. */
  @IsOptional()
  @IsIn(methods)
  method?: Method;
}

/** An analysis that was accepted. */
export class AcceptedAnalysis {
  /** @example "ana_01j8x0q0000000000000000000" */
  request_id!: string;
}

/** What a step has cost. */
export class AnalysisUsage {
  /** @example 18200 */
  input_tokens!: number;

  /** @example 2100 */
  output_tokens!: number;

  /** Null where the model’s price is not known. */
  cost_usd!: number | null;
}

/** Where one of the five steps stands. */
export class AnalysisStepStatus {
  /** @example "completed" */
  status!: Status;

  /**
   * What it does, has done, or why it failed.
   * @example "Successfully created 15 chunks"
   */
  message!: string;

  started_at!: string | null;
  completed_at!: string | null;

  /** From its start to its end, waiting included; null until then. */
  duration_ms!: number | null;

  /** Tokens of language models; null for a step that needed none. */
  usage!: AnalysisUsage | null;

  /** Why it failed, as a problem document. */
  error?: object;
}

export class AnalysisStepsStatus {
  chunking!: AnalysisStepStatus;
  inferring!: AnalysisStepStatus;
  relating!: AnalysisStepStatus;
  explaining!: AnalysisStepStatus;
  activating!: AnalysisStepStatus;
}

export class AnalysisProgress {
  /** Where the result is; null until it is complete. */
  result_data!: string | null;

  steps_status!: AnalysisStepsStatus;
}

export class AnalysisSource {
  /** 1, 2, 3 … */
  interview!: number;

  /** @example "interview-3.vtt" */
  name!: string;

  /** @example "upload:upl_01j8x0q0000000000000000000" */
  research_data!: string;

  bytes!: number;
}

export class AnalysisStatus {
  /** @example "ana_01j8x0q0000000000000000000" */
  request_id!: string;

  /** What was given; of several interviews all, separated by commas. */
  research_data!: string;

  /** @example "Why people stop filling in the form" */
  title!: string;

  /** @example "extractive" */
  method!: Method;

  interviews!: AnalysisSource[];
  analysis_result!: AnalysisProgress;
  user_id!: string;
  created_at!: string;
  updated_at!: string;

  /** @example "processing" */
  overall_status!: Status;

  /** Why it failed, as a problem document. */
  error?: object;
}

/** An analysis and its five steps. */
export class AnalysisStatusAnswer {
  /** @example "ana_01j8x0q0000000000000000000" */
  request_id!: string;

  status!: AnalysisStatus;
}

/** Which analyses to list. */
export class ListAnalyses extends PageQuery {
  @IsOptional()
  @IsIn(statuses)
  status?: Status;
}

export class AnalysisSummary {
  /** @example "ana_01j8x0q0000000000000000000" */
  request_id!: string;

  research_data!: string;
  title!: string;
  method!: Method;
  created_at!: string;
  updated_at!: string;

  /** @example "completed" */
  overall_status!: Status;

  /** The step that it is at, or at which it failed; null once it is complete. */
  step!: Step | null;
}

export class AnalysisPage {
  requests!: AnalysisSummary[];

  /** How many there are in the workspace, of the status that was asked for. */
  total!: number;

  limit!: number;
  next_cursor!: string | null;
}

/** From where to go on. */
export class RetryAnalysis {
  /** The first step to be done again; absent: the one that failed. What earlier steps found is kept. */
  @IsOptional()
  @IsIn(steps)
  from_step?: Step;

  /** Another method than before, from `inferring` on. */
  @IsOptional()
  @IsIn(methods)
  method?: Method;
}

/** How to get the result. */
export class DownloadAnalysis {
  /** `json` is all of it; `markdown` is to be read; `csv` has a row for each quote, with everything that leads back to it. */
  @IsOptional()
  @IsIn(exportFormats)
  format: (typeof exportFormats)[number] = 'json';
}

/** Which analysis to compare with. */
export class CompareAnalyses {
  /** @example "ana_01j8x0q0000000000000000001" */
  @IsString()
  @IsStorable()
  @Length(1, 100)
  with!: string;
}
