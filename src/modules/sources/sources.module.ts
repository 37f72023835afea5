import { Module } from '@nestjs/common';
import { SourceAccess } from './source-access.js';
import { SourcesRepository } from './sources.repository.js';

/** Where documents come from, and who may read them. */
@Module({
  providers: [SourceAccess, SourcesRepository],
  exports: [SourceAccess, SourcesRepository],
})
export class SourcesModule {}
