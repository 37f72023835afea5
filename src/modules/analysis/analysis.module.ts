import { Module } from '@nestjs/common';
import { ToolsModule } from '../tools/tools.module.js';
import { AnalysisStages } from './analysis-stages.js';
import { ExtractiveStages } from './extractive-stages.js';
import { ModelStages } from './model/model-stages.js';

/** The five steps from interviews to design principles, with a language model and without one. */
@Module({
  imports: [ToolsModule],
  providers: [AnalysisStages, ExtractiveStages, ModelStages],
  exports: [AnalysisStages],
})
export class AnalysisModule {}
