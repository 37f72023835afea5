import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './modules/access/access.module.js';
import { AccountsModule } from './modules/accounts/accounts.module.js';
import { AnalysisTrackingModule } from './modules/analysis-tracking/analysis-tracking.module.js';
import { AnswersModule } from './modules/answers/answers.module.js';
import { ApiTokensModule } from './modules/api-tokens/api-tokens.module.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { ChatModule } from './modules/chat/chat.module.js';
import { ChatbotsModule } from './modules/chatbots/chatbots.module.js';
import { CrawlsModule } from './modules/crawls/crawls.module.js';
import { ConversationsModule } from './modules/conversations/conversations.module.js';
import { ConnectionsModule } from './modules/connections/connections.module.js';
import { FeedbackModule } from './modules/feedback/feedback.module.js';
import { FeedsModule } from './modules/feeds/feeds.module.js';
import { DatasetsModule } from './modules/datasets/datasets.module.js';
import { DocumentsModule } from './modules/documents/documents.module.js';
import { HealthModule } from './modules/health/health.module.js';
import { HomeModule } from './modules/home/home.module.js';
import { ReplicasModule } from './modules/replicas/replicas.module.js';
import { IdempotencyModule } from './modules/idempotency/idempotency.module.js';
import { IngestionModule } from './modules/ingestion/ingestion.module.js';
import { InvitationsModule } from './modules/invitations/invitations.module.js';
import { JobsModule } from './modules/jobs/jobs.module.js';
import { MembersModule } from './modules/members/members.module.js';
import { PromptsModule } from './modules/prompts/prompts.module.js';
import { QueriesModule } from './modules/queries/queries.module.js';
import { RunsModule } from './modules/runs/runs.module.js';
import { RolesModule } from './modules/roles/roles.module.js';
import { SavedQueriesModule } from './modules/saved-queries/saved-queries.module.js';
import { SearchModule } from './modules/search/search.module.js';
import { SessionsModule } from './modules/sessions/sessions.module.js';
import { TablesModule } from './modules/tables/tables.module.js';
import { ToolsModule } from './modules/tools/tools.module.js';
import { PreviewsModule } from './modules/previews/previews.module.js';
import { UploadsModule } from './modules/uploads/uploads.module.js';
import { UsageModule } from './modules/usage/usage.module.js';
import { UsersModule } from './modules/users/users.module.js';
import { WorkspacesModule } from './modules/workspaces/workspaces.module.js';

/** The table of contents. What a module needs from outside comes from the given foundation: settings, ports, plumbing. */
@Module({
  imports: [
    AccessModule,
    AccountsModule,
    AnalysisTrackingModule,
    AnswersModule,
    ApiTokensModule,
    AuditModule,
    AuthModule,
    ChatModule,
    ChatbotsModule,
    CrawlsModule,
    ConnectionsModule,
    ConversationsModule,
    FeedbackModule,
    FeedsModule,
    DatasetsModule,
    DocumentsModule,
    HealthModule,
    HomeModule,
    ReplicasModule,
    IdempotencyModule,
    IngestionModule,
    InvitationsModule,
    JobsModule,
    MembersModule,
    PromptsModule,
    QueriesModule,
    RunsModule,
    RolesModule,
    SavedQueriesModule,
    SearchModule,
    SessionsModule,
    TablesModule,
    ToolsModule,
    PreviewsModule,
    UploadsModule,
    UsageModule,
    UsersModule,
    WorkspacesModule,
  ],
})
export class AppModule {
  static on(foundation: DynamicModule): DynamicModule {
    return { module: AppModule, imports: [foundation] };
  }
}
