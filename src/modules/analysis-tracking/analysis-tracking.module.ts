import { Module } from '@nestjs/common';
import { AnalysisModule } from '../analysis/analysis.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { UploadsModule } from '../uploads/uploads.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { AnalysisController } from './analysis.controller.js';
import { AnalysisEvents } from './analysis-events.js';
import { AnalysisIntake } from './analysis-intake.js';
import { AnalysisPipeline } from './analysis-pipeline.js';
import { AnalysisJob } from './analysis.job.js';
import { AnalysisRepository } from './analysis.repository.js';
import { AnalysisResults } from './analysis-results.js';
import { AnalysisService } from './analysis.service.js';
import { AnalysisWatch } from './analysis-watch.js';
import { InterviewSources } from './interview-sources.js';

/** Analyses of interviews: asked for, worked on step by step, followed, read. */
@Module({
  imports: [AnalysisModule, AuthModule, UploadsModule, UsageModule, WorkspacesModule],
  controllers: [AnalysisController],
  providers: [
    AnalysisEvents,
    AnalysisIntake,
    AnalysisJob,
    AnalysisPipeline,
    AnalysisRepository,
    AnalysisResults,
    AnalysisService,
    AnalysisWatch,
    InterviewSources,
  ],
  exports: [AnalysisEvents],
})
export class AnalysisTrackingModule {}
