import { Module } from '@nestjs/common';
import { QueriesModule } from '../queries/queries.module.js';
import { SavedQueriesModule } from '../saved-queries/saved-queries.module.js';
import { FeedFiles } from './feed-files.js';
import { FeedFilesController } from './feed-files.controller.js';
import { FeedReader } from './feed-reader.js';
import { FeedsController } from './feeds.controller.js';
import { FeedsRepository } from './feeds.repository.js';
import { FeedsService } from './feeds.service.js';

/** Stable addresses under which programs read results of saved queries. */
@Module({
  imports: [QueriesModule, SavedQueriesModule],
  controllers: [FeedFilesController, FeedsController],
  providers: [FeedsService, FeedReader, FeedFiles, FeedsRepository],
})
export class FeedsModule {}
