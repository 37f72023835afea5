import { Injectable } from '@nestjs/common';
import type { Step } from '../../interviews/analysis.js';
import { ExtractiveStages } from './extractive-stages.js';
import { ModelStages } from './model/model-stages.js';
import type { Done, StageContext, StageResult } from './stage.js';

/** The five steps, by either method. */
@Injectable()
export class AnalysisStages {
  constructor(
    private readonly extractive: ExtractiveStages,
    private readonly model: ModelStages,
  ) {}

  run<Name extends Step>(step: Name, done: Done, context: StageContext): Promise<StageResult<Name>> {
    const stages = context.method === 'model' ? this.model : this.extractive;
    const stage = stages[step] as (done: Done, context: StageContext) => Promise<unknown>;
    return stage(done, context) as Promise<StageResult<Name>>;
  }
}
