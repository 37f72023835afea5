import type { Kysely } from 'kysely';
import * as jobsAndCatalog from './0001_jobs_and_catalog.js';
import * as accounts from './0002_accounts.js';
import * as uploads from './0003_uploads.js';
import * as datasets from './0004_datasets.js';
import * as queries from './0005_queries.js';
import * as accountsOfTeams from './0006_accounts.js';
import * as audit from './0007_audit.js';
import * as usage from './0008_usage.js';
import * as idempotency from './0009_idempotency.js';
import * as items from './0010_items.js';
import * as chatbots from './0011_chatbots.js';
import * as queryTokens from './0012_query_tokens.js';
import * as replicas from './0013_replicas.js';
import * as directUploads from './0014_direct_uploads.js';
import * as requestsCarriedOut from './0015_requests_carried_out.js';
import * as signInAttempts from './0016_sign_in_attempts.js';
import * as sources from './0017_sources.js';
import * as documents from './0018_documents.js';
import * as passageKinds from './0019_passage_kinds.js';

export interface Migration {
  /** `NNNN_name`, the name of its file; never changes once released. */
  readonly name: string;
  up(database: Kysely<unknown>): Promise<void>;
}

/** In the order in which they are applied. A released migration is never edited: add another. */
export const migrations: readonly Migration[] = [
  { name: '0001_jobs_and_catalog', up: jobsAndCatalog.up },
  { name: '0002_accounts', up: accounts.up },
  { name: '0003_uploads', up: uploads.up },
  { name: '0004_datasets', up: datasets.up },
  { name: '0005_queries', up: queries.up },
  { name: '0006_accounts', up: accountsOfTeams.up },
  { name: '0007_audit', up: audit.up },
  { name: '0008_usage', up: usage.up },
  { name: '0009_idempotency', up: idempotency.up },
  { name: '0010_items', up: items.up },
  { name: '0011_chatbots', up: chatbots.up },
  { name: '0012_query_tokens', up: queryTokens.up },
  { name: '0013_replicas', up: replicas.up },
  { name: '0014_direct_uploads', up: directUploads.up },
  { name: '0015_requests_carried_out', up: requestsCarriedOut.up },
  { name: '0016_sign_in_attempts', up: signInAttempts.up },
  { name: '0017_sources', up: sources.up },
  { name: '0018_documents', up: documents.up },
  { name: '0019_passage_kinds', up: passageKinds.up },
];

/** Of a database that keeps items alone. */
export const itemMigrations = migrations.filter(({ name }) => name === '0010_items');
