import { parseModelPrices } from './model-prices.js';
import { bytes, decimal, integer, list, oneOf, optionalOneOf, optionalText, parsed, text } from './setting.js';

/**
 * Every setting of the service, in the order in which `.env.example` shows them. The key is the name in code
 * (`config.port`), the first argument the environment variable.
 */
export const settings = {
  host: text('HOST', '127.0.0.1', 'Address to listen on. Use 0.0.0.0 in a container.'),
  port: integer('PORT', 8000, 'Port to listen on; 0 picks a free one.', { min: 0, max: 65_535 }),
  dataDirectory: text('DATA_DIR', './data', 'Folder for everything the embedded stores keep.'),
  publicUrl: optionalText(
    'PUBLIC_URL',
    'Address under which people reach the service, such as https://tabletalk.example.com.',
  ),
  webPage: oneOf('WEB_PAGE', ['on', 'off'], 'on', 'Whether the web page is served at /; off leaves the API alone.'),
  metricsHost: text(
    'METRICS_HOST',
    '127.0.0.1',
    'Address on which Prometheus metrics are served, apart from the public listener.',
  ),
  metricsPort: integer('METRICS_PORT', 9464, 'Port for Prometheus metrics; 0 turns the listener off.', {
    min: 0,
    max: 65_535,
  }),
  logLevel: oneOf(
    'LOG_LEVEL',
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    'info',
    'Least severe messages that are logged.',
  ),
  logFormat: oneOf(
    'LOG_FORMAT',
    ['auto', 'json', 'pretty'],
    'auto',
    'auto is pretty on a terminal and JSON elsewhere.',
  ),
  shutdownGraceSeconds: integer(
    'SHUTDOWN_GRACE_SECONDS',
    20,
    'Time that requests, queries, answers and jobs get to finish once the listener is closed.',
    { min: 0, max: 3600 },
  ),
  drainDelaySeconds: integer(
    'DRAIN_DELAY_SECONDS',
    0,
    'Time between SIGTERM, at which readiness goes off, and the listener closing, for load balancers to notice. Until then everything is served; then sockets and streams are told to go elsewhere.',
    { min: 0, max: 300 },
  ),

  corsOrigins: list(
    'CORS_ORIGINS',
    'Origins whose pages may call the API from a browser, separated by commas. Empty: same origin only.',
  ),
  trustedProxyHops: integer(
    'TRUSTED_PROXY_HOPS',
    0,
    'Number of reverse proxies in front whose X-Forwarded-For entries are believed.',
    { min: 0, max: 10 },
  ),
  bodyLimitBytes: bytes('BODY_LIMIT', '1MB', 'Largest JSON request body.'),
  rateLimitPerUser: integer(
    'RATE_LIMIT_PER_USER',
    12_000,
    'Requests a minute for one user. Each process counts for itself.',
    {
      min: 1,
      max: 10_000_000,
    },
  ),
  rateLimitPerWorkspace: integer(
    'RATE_LIMIT_PER_WORKSPACE',
    60_000,
    'Requests a minute for one workspace. Each process counts for itself.',
    {
      min: 1,
      max: 100_000_000,
    },
  ),
  rateLimitPerAddress: integer(
    'RATE_LIMIT_PER_ADDRESS',
    600,
    'Requests a minute from one address without valid credentials. Each process counts for itself.',
    { min: 1, max: 10_000_000 },
  ),

  masterKey: optionalText(
    'MASTER_KEY',
    'Secret of at least 32 characters, without commas, from which the keys are derived that sign, and that encrypt what KMS does not. Absent: one is made in the data folder.',
    { secret: true },
  ),
  previousMasterKeys: list(
    'PREVIOUS_MASTER_KEYS',
    'Earlier values of MASTER_KEY, separated by commas: what they signed and encrypted stays good, nothing new is. See docs/teams.md before one goes.',
    { secret: true },
  ),
  ownerEmail: optionalText(
    'OWNER_EMAIL',
    'With OWNER_PASSWORD: creates the first owner at start, while no user exists.',
  ),
  ownerPassword: optionalText('OWNER_PASSWORD', 'Password of the first owner (12 to 72 bytes).', { secret: true }),
  accessTokenSeconds: integer('ACCESS_TOKEN_SECONDS', 900, 'Life of an access token.', { min: 30, max: 86_400 }),
  refreshTokenDays: integer('REFRESH_TOKEN_DAYS', 30, 'Life of a session that is not used.', { min: 1, max: 365 }),
  loginFailuresPerAccountAndAddress: integer(
    'LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS',
    10,
    'Failed sign-ins to one account from one address after which they pause. All processes count together.',
    { min: 1, max: 1_000_000 },
  ),
  loginFailuresPerAccount: integer(
    'LOGIN_FAILURES_PER_ACCOUNT',
    100,
    'Failed sign-ins to one account from all addresses after which they pause.',
    { min: 1, max: 1_000_000 },
  ),
  loginLockoutMinutes: integer(
    'LOGIN_LOCKOUT_MINUTES',
    15,
    'The time in which those are counted, and the pause ends.',
    {
      min: 1,
      max: 1440,
    },
  ),
  loginFailuresPerAddress: integer(
    'LOGIN_FAILURES_PER_ADDRESS',
    100,
    'Failed sign-ins a minute from one address, whatever the account.',
    { min: 1, max: 1_000_000 },
  ),
  smtpUrl: optionalText(
    'SMTP_URL',
    'Mail server for invitations, such as smtp://user:password@mail.example.com:587 (STARTTLS) or smtps://… (TLS). Absent: invitations are links that you pass on yourself.',
    { secret: true },
  ),
  mailFrom: optionalText(
    'MAIL_FROM',
    'Address of the sender of mails, such as tabletalk@example.com; goes with SMTP_URL.',
  ),
  bcryptCost: integer('BCRYPT_COST', 11, 'Work factor of password hashes.', { min: 4, max: 15 }),
  workspaceCreation: oneOf(
    'WORKSPACE_CREATION',
    ['everyone', 'administrators'],
    'everyone',
    'Who may create workspaces: every user, or administrators of the service alone.',
  ),
  workspacesPerUser: integer('WORKSPACES_PER_USER', 20, 'Workspaces that one user may own.', { min: 1, max: 100_000 }),
  workspaceGraceDays: integer(
    'WORKSPACE_GRACE_DAYS',
    7,
    'A deleted workspace can be restored for this time, then it is removed with everything in it.',
    { min: 0, max: 365 },
  ),

  providers: oneOf(
    'PROVIDERS',
    ['embedded', 'aws'],
    'embedded',
    'Profile that sets every choice below at once: embedded needs nothing else; aws is s3, glue, athena, postgres, dynamodb, pg-boss and kms.',
  ),
  objectStore: optionalOneOf('OBJECT_STORE', ['local-files', 's3'], 'Where files are kept.'),
  catalog: optionalOneOf('CATALOG', ['local', 'glue'], 'Where table definitions are kept; glue needs OBJECT_STORE=s3.'),
  queryEngine: optionalOneOf(
    'QUERY_ENGINE',
    ['duckdb', 'athena'],
    'What runs SQL; athena needs OBJECT_STORE=s3 and CATALOG=glue.',
  ),
  database: optionalOneOf('DATABASE', ['sqlite', 'postgres'], 'The relational database.'),
  itemStore: optionalOneOf('ITEM_STORE', ['sqlite', 'dynamodb'], 'Where conversations and the like are kept.'),
  jobQueue: optionalOneOf(
    'JOB_QUEUE',
    ['sqlite', 'pg-boss'],
    'What keeps background jobs: pg-boss, which needs DATABASE=postgres, or sqlite, which is the service itself in whatever DATABASE is.',
  ),
  secretSealer: optionalOneOf(
    'SECRET_SEALER',
    ['local', 'kms'],
    'What encrypts the secrets of sources and tools: keys derived from MASTER_KEY, or AWS KMS, which needs SECRETS_KMS_KEY_ID. Each still opens what the other has encrypted.',
  ),
  secretsKmsKeyId: optionalText(
    'SECRETS_KMS_KEY_ID',
    'KMS key for SECRET_SEALER=kms: id, alias or ARN. With SECRET_SEALER=local, what was encrypted by KMS can be opened still. Region and credentials are those of the AWS SDK.',
  ),

  databaseUrl: optionalText(
    'DATABASE_URL',
    'For DATABASE=postgres: postgres://user[:password]@host:5432/name, user and password percent-encoded.',
    { secret: true },
  ),
  databaseIamAuthentication: oneOf(
    'DATABASE_IAM_AUTHENTICATION',
    ['false', 'true'],
    'false',
    'Whether a token of AWS IAM takes the place of the password, as RDS allows. Region and credentials are those of the AWS SDK.',
  ),
  databaseTls: optionalOneOf(
    'DATABASE_TLS',
    ['verify', 'require', 'off'],
    'How the connection is encrypted: verify checks the certificate and its host name, require neither. Absent: off on this machine, else verify.',
  ),
  databaseCaFile: optionalText(
    'DATABASE_CA_FILE',
    'File with the certificates (PEM) of the authorities that DATABASE_TLS=verify trusts. Absent: those of Node.',
  ),
  databasePoolSize: integer('DATABASE_POOL_SIZE', 10, 'Connections of one process to the database.', {
    min: 2,
    max: 1000,
  }),

  s3Bucket: optionalText('S3_BUCKET', 'Bucket for OBJECT_STORE=s3. Region and credentials are those of the AWS SDK.'),
  s3Prefix: text('S3_PREFIX', '', 'Folder of the bucket in which everything is kept, such as tabletalk/production.'),
  s3KmsKeyId: optionalText(
    'S3_KMS_KEY_ID',
    "KMS key for new objects: id, alias or ARN. Absent: the bucket's own encryption.",
  ),
  s3ForcePathStyle: oneOf(
    'S3_FORCE_PATH_STYLE',
    ['false', 'true'],
    'false',
    "Whether the bucket's name stands in the path rather than the host name, as some other stores that speak S3 need.",
  ),
  s3PresignedSeconds: integer(
    'S3_PRESIGNED_SECONDS',
    900,
    'Life of an address with which an object can be read or written directly.',
    { min: 1, max: 604_800 },
  ),
  dynamoDbTablePrefix: text(
    'DYNAMODB_TABLE_PREFIX',
    'tabletalk-',
    'Begin of the names of the tables for ITEM_STORE=dynamodb.',
  ),

  glueDatabasePrefix: text(
    'GLUE_DATABASE_PREFIX',
    'tabletalk_',
    "For CATALOG=glue: begin of the names of databases and crawlers; the workspace's id follows.",
  ),
  glueCrawlerRoleArn: optionalText(
    'GLUE_CRAWLER_ROLE_ARN',
    'Role with which crawlers of Glue read the files of new tables, to be compared with what was stored. Absent: no crawlers.',
  ),
  glueCrawlerDeadlineSeconds: integer(
    'GLUE_CRAWLER_DEADLINE_SECONDS',
    900,
    'A crawler of Glue is stopped after this time.',
    { min: 1, max: 86_400 },
  ),
  athenaWorkgroupPrefix: text(
    'ATHENA_WORKGROUP_PREFIX',
    'tabletalk-',
    "For QUERY_ENGINE=athena: begin of the names of workgroups; the workspace's id follows.",
  ),
  athenaOutputPrefix: text(
    'ATHENA_OUTPUT_PREFIX',
    'athena-results/',
    'Begin of the keys in S3_BUCKET under which Athena writes results, with a slash at its end; not below S3_PREFIX.',
  ),
  athenaBytesCutoff: bytes('ATHENA_BYTES_CUTOFF', '1TB', 'Bytes that one statement may read before Athena ends it.'),
  athenaResultReuseMinutes: integer(
    'ATHENA_RESULT_REUSE_MINUTES',
    0,
    'Age up to which Athena gives the result of an equal statement over the same data again, for nothing. 0: never.',
    { min: 0, max: 10_080 },
  ),
  scratchCacheBytes: bytes(
    'SCRATCH_CACHE_BYTES',
    '10GB',
    'Disk that copies of stored files may take while no query reads them, where files are not local but DuckDB runs the SQL.',
  ),

  uploadMaxBytes: bytes('UPLOAD_MAX_BYTES', '20GB', 'Largest file that can be uploaded.'),
  uploadExpandedMaxBytes: bytes(
    'UPLOAD_EXPANDED_MAX_BYTES',
    '100GB',
    'Largest size of a compressed file after expansion.',
  ),
  uploadReserveBytes: bytes('UPLOAD_RESERVE_BYTES', '500MB', 'Free disk space that uploads leave untouched.'),
  uploadExpiryHours: integer(
    'UPLOAD_EXPIRY_HOURS',
    48,
    'An upload that is never submitted is deleted after this time.',
    { min: 1, max: 8760 },
  ),
  uploadIdleSeconds: integer(
    'UPLOAD_IDLE_SECONDS',
    60,
    'An upload that sends nothing for this long is ended (a resumable one can go on later).',
    { min: 1, max: 3600 },
  ),
  uploadsPerWorkspace: integer(
    'UPLOADS_PER_WORKSPACE',
    20,
    'Uploads that a workspace may send to one process at the same time.',
    {
      min: 1,
      max: 10_000,
    },
  ),
  resumableUploadsPerWorkspace: integer(
    'RESUMABLE_UPLOADS_PER_WORKSPACE',
    200,
    'Resumable uploads of a workspace that may be unfinished at the same time.',
    { min: 1, max: 100_000 },
  ),

  queryWorkers: integer(
    'QUERY_WORKERS',
    2,
    'Queries of one workspace that run at the same time, each in a child process of its own. One more starts when another workspace needs it. Each replica has so many.',
    { min: 1, max: 256 },
  ),
  queryMemoryMegabytes: integer('QUERY_MEMORY_MB', 512, 'Memory that the engine plans with for one query.', {
    min: 64,
    max: 1_000_000,
  }),
  queryDataLimitMegabytes: integer(
    'QUERY_DATA_LIMIT_MB',
    1500,
    'Memory at which the operating system refuses a query process more.',
    { min: 256, max: 1_000_000 },
  ),
  queryDeadlineSeconds: integer('QUERY_DEADLINE_SECONDS', 300, 'A query is ended after this time.', {
    min: 1,
    max: 86_400,
  }),
  queryMaxRows: integer('QUERY_MAX_ROWS', 1_000_000, 'A result is cut after this many rows, and says so.', {
    min: 1,
    max: 1_000_000_000,
  }),
  queryResultDays: integer('QUERY_RESULT_DAYS', 30, 'Stored results are deleted after this time; the history stays.', {
    min: 1,
    max: 3650,
  }),
  queriesPerWorkspace: integer(
    'QUERIES_PER_WORKSPACE',
    100,
    'Queries of one workspace that may be queued or running in one process.',
    { min: 1, max: 100_000 },
  ),
  queryAskBytes: bytes('QUERY_ASK_BYTES', '100GB', 'An estimate above this is answered with "ask".'),
  queryRefuseBytes: bytes('QUERY_REFUSE_BYTES', '1TB', 'An estimate above this is refused.'),
  queryPricePerTerabyte: decimal(
    'QUERY_PRICE_PER_TB',
    0,
    'US dollars for a terabyte scanned, for cost estimates (Athena: 5).',
  ),

  quotaBytesStored: bytes(
    'QUOTA_BYTES_STORED',
    '0',
    'Bytes that a workspace may store. 0: no limit. This and the next three hold where a workspace has no quota of its own, and only administrators of the service may set it a higher one.',
  ),
  quotaBytesScannedPerMonth: bytes(
    'QUOTA_BYTES_SCANNED_PER_MONTH',
    '0',
    'Bytes that the queries of a workspace may read in a month of UTC. 0: no limit.',
  ),
  quotaConcurrentQueries: integer(
    'QUOTA_CONCURRENT_QUERIES',
    0,
    'Queries of a workspace that may run at the same time in one process, at most QUERY_WORKERS. 0: as many as that.',
    { min: 0, max: 256 },
  ),
  quotaChatUsdPerMonth: decimal(
    'QUOTA_CHAT_USD_PER_MONTH',
    0,
    'US dollars that the chats of a workspace may cost in a month of UTC. 0: no limit.',
  ),

  runsPerUser: integer(
    'RUNS_PER_USER',
    5,
    'Answers to one user in one workspace that may be under way at once in one process.',
    {
      min: 1,
      max: 1000,
    },
  ),

  socketsPerUser: integer('SOCKETS_PER_USER', 20, 'WebSockets that one user may have open to one process.', {
    min: 1,
    max: 100_000,
  }),
  socketsOpenedPerMinute: integer(
    'SOCKETS_OPENED_PER_MINUTE',
    120,
    'WebSockets that may be opened to one process from one address within a minute.',
    { min: 1, max: 1_000_000 },
  ),

  toolsAllowHttp: oneOf(
    'TOOLS_ALLOW_HTTP',
    ['false', 'true'],
    'false',
    'Whether tools that workspaces register may also call http:// addresses, which anybody on the way can read and change.',
  ),
  toolsAllowedHosts: list(
    'TOOLS_ALLOWED_HOSTS',
    'Hosts of your own network that such tools may call, separated by commas. All others must be on the public internet.',
  ),
  sourcesAllowHttp: oneOf(
    'SOURCES_ALLOW_HTTP',
    ['false', 'true'],
    'false',
    'Whether GitLab and Backlog may also be read over http://, which anybody on the way can read and change.',
  ),
  sourcesAllowedHosts: list(
    'SOURCES_ALLOWED_HOSTS',
    'Hosts of your own network that sources may be read from, separated by commas, such as a GitLab of your own. All others must be on the public internet.',
  ),
  slackApiUrl: text(
    'SLACK_API_URL',
    'https://slack.com/api/',
    'Address of Slack’s Web API, ending with a slash; of GovSlack it is https://slack-gov.com/api/.',
  ),
  sourceGraceDays: integer('SOURCE_GRACE_DAYS', 30, 'Days in which a deleted source can be restored.', {
    min: 0,
    max: 3650,
  }),
  sourceFullSyncDays: integer(
    'SOURCE_FULL_SYNC_DAYS',
    7,
    'After so many days a scheduled sync reads everything again, to find out what is gone.',
    { min: 1, max: 365 },
  ),
  webSearchUrl: optionalText(
    'WEB_SEARCH_URL',
    'Gives chatbots a tool to search the web: an address with {query} that answers as SearXNG (…/search?format=json&q={query}) or Brave do.',
  ),
  webSearchKey: optionalText('WEB_SEARCH_KEY', 'Key for WEB_SEARCH_URL, sent as X-Subscription-Token and as bearer.', {
    secret: true,
  }),
  queriesPerTurn: integer('QUERIES_PER_TURN', 5, 'Queries that may be run for one answer.', {
    min: 1,
    max: 100,
  }),
  repairsPerTurn: integer(
    'REPAIRS_PER_TURN',
    3,
    'Statements that a language model may correct for one answer after they were refused or failed.',
    { min: 0, max: 100 },
  ),
  statementsPerQuestion: integer(
    'STATEMENTS_PER_QUESTION',
    3,
    'Statements whose results are compared where a language model is likely to err, as with joins. 1: none are compared.',
    { min: 1, max: 5 },
  ),
  turnSeconds: integer('TURN_SECONDS', 300, 'An answer is ended after this time.', { min: 1, max: 86_400 }),
  toolCallsPerTurn: integer('TOOL_CALLS_PER_TURN', 20, 'Calls of tools for one answer.', { min: 1, max: 1000 }),
  tokensPerTurn: integer('TOKENS_PER_TURN', 300_000, 'Tokens of language models for one answer.', {
    min: 1,
    max: 1_000_000_000,
  }),
  usdPerTurn: decimal('USD_PER_TURN', 2, 'US dollars that language models may cost for one answer. 0: no limit.'),
  tokensPerUserPerDay: integer(
    'TOKENS_PER_USER_PER_DAY',
    5_000_000,
    'Tokens of language models for one user of a workspace in a day of UTC. 0: no limit.',
    { min: 0, max: 1_000_000_000_000 },
  ),
  tokensPerWorkspacePerDay: integer(
    'TOKENS_PER_WORKSPACE_PER_DAY',
    50_000_000,
    'Tokens of language models for one workspace in a day of UTC. 0: no limit.',
    { min: 0, max: 1_000_000_000_000 },
  ),

  analysisDays: integer(
    'ANALYSIS_DAYS',
    365,
    'An analysis of interviews is deleted with its interviews so long after it has ended.',
    { min: 1, max: 3650 },
  ),
  analysisMaxBytes: bytes('ANALYSIS_MAX_BYTES', '10MB', 'Largest interview that can be analysed.'),
  analysisWorkers: integer(
    'ANALYSIS_WORKERS',
    1,
    'Analyses of one workspace that run at the same time. One more starts when another workspace needs it.',
    { min: 1, max: 256 },
  ),
  analysisStepSeconds: integer(
    'ANALYSIS_STEP_SECONDS',
    120,
    'A process that reads, counts or groups for a step of an analysis is ended after this time.',
    { min: 1, max: 3600 },
  ),
  analysisDataLimitMegabytes: integer(
    'ANALYSIS_DATA_LIMIT_MB',
    1024,
    'Memory at which the operating system refuses such a process more. It needs 512 to begin with.',
    { min: 768, max: 1_000_000 },
  ),
  analysisModelCalls: integer(
    'ANALYSIS_MODEL_CALLS',
    4,
    'Calls of a language model for one analysis at the same time.',
    { min: 1, max: 64 },
  ),
  analysisTokens: integer('ANALYSIS_TOKENS', 2_000_000, 'Tokens of language models for one analysis.', {
    min: 1,
    max: 1_000_000_000,
  }),
  analysisUsd: decimal('ANALYSIS_USD', 10, 'US dollars that language models may cost for one analysis. 0: no limit.'),
  analysisStuckMinutes: integer(
    'ANALYSIS_STUCK_MINUTES',
    15,
    'A step of an analysis that gets no further for so long is logged, told and counted (analysis_stuck_steps_total).',
    { min: 1, max: 10_080 },
  ),

  ingestWorkers: integer(
    'INGEST_WORKERS',
    1,
    'Conversions, and profiles, of one workspace that run at the same time, each in its own process. One more starts when another workspace needs it.',
    { min: 1, max: 256 },
  ),
  ingestMemoryMegabytes: integer('INGEST_MEMORY_MB', 768, 'Memory that the engine plans with for one conversion.', {
    min: 128,
    max: 1_000_000,
  }),
  ingestDataLimitMegabytes: integer(
    'INGEST_DATA_LIMIT_MB',
    2500,
    'Memory at which the operating system refuses a conversion process more.',
    { min: 256, max: 1_000_000 },
  ),
  ingestThreads: integer('INGEST_THREADS', 2, 'Threads of one conversion.', { min: 1, max: 256 }),

  languageModel: oneOf(
    'LANGUAGE_MODEL',
    ['none', 'openai-compatible', 'bedrock'],
    'none',
    'Whose language model answers where a chatbot names no provider. A provider is at hand as soon as it is set up below.',
  ),
  openAiBaseUrl: optionalText(
    'OPENAI_BASE_URL',
    'With OPENAI_MODEL_ID sets up openai-compatible: an address such as http://127.0.0.1:11434/v1 (Ollama) or https://api.openai.com/v1.',
  ),
  openAiModelId: optionalText('OPENAI_MODEL_ID', 'The model that is used where a chatbot names none.'),
  openAiApiKey: optionalText('OPENAI_API_KEY', 'Key for OPENAI_BASE_URL; servers of your own mostly need none.', {
    secret: true,
  }),
  bedrockModelId: optionalText(
    'BEDROCK_MODEL_ID',
    'Sets up bedrock: id of the model or inference profile that is used where a chatbot names none. Region and credentials are those of the AWS SDK.',
  ),
  bedrockGuardrailId: optionalText('BEDROCK_GUARDRAIL_ID', 'Guardrail that every request to Bedrock passes.'),
  bedrockGuardrailVersion: text('BEDROCK_GUARDRAIL_VERSION', 'DRAFT', 'Version of that guardrail.'),
  modelFirstTokenSeconds: integer(
    'MODEL_FIRST_TOKEN_SECONDS',
    120,
    'A language model must begin to answer within this time, retries included.',
    { min: 1, max: 3600 },
  ),
  modelIdleSeconds: integer(
    'MODEL_IDLE_SECONDS',
    60,
    'An answer of a language model is ended when nothing of it came for this long.',
    { min: 1, max: 3600 },
  ),
  modelTotalSeconds: integer('MODEL_TOTAL_SECONDS', 600, 'An answer of a language model is ended after this time.', {
    min: 1,
    max: 86_400,
  }),
  modelMaxAttempts: integer(
    'MODEL_MAX_ATTEMPTS',
    4,
    'How often a request is sent while a language model throttles or cannot be reached.',
    { min: 1, max: 20 },
  ),
  embedder: oneOf(
    'EMBEDDER',
    ['builtin', 'openai-compatible', 'bedrock'],
    'builtin',
    'What makes vectors of texts, for searching documents: builtin needs no model and finds shared words and their parts, not what they mean.',
  ),
  embedderModelId: optionalText(
    'EMBEDDER_MODEL_ID',
    'The model of openai-compatible (such as text-embedding-3-small) or bedrock (such as amazon.titan-embed-text-v2:0 or cohere.embed-multilingual-v3). After a change documents are embedded again.',
  ),
  embedderBaseUrl: optionalText(
    'EMBEDDER_BASE_URL',
    'Address for EMBEDDER=openai-compatible. Absent: OPENAI_BASE_URL, with OPENAI_API_KEY.',
  ),
  embedderApiKey: optionalText('EMBEDDER_API_KEY', 'Key for EMBEDDER_BASE_URL.', { secret: true }),
  embedderDimensions: integer(
    'EMBEDDER_DIMENSIONS',
    0,
    'Dimensions asked of the model, where it lets one choose. 0: as many as it gives by itself.',
    { min: 0, max: 4096 },
  ),
  vectorMemoryBytes: bytes(
    'VECTOR_MEMORY_BYTES',
    '256MB',
    'Memory for vectors of documents, where they are not searched by the extension pgvector of PostgreSQL. Of a workspace with more of them they are read anew for every search.',
  ),
  modelPrices: parsed(
    'MODEL_PRICES',
    '',
    'US dollars per million tokens, such as "some-model=2.5/10, other=3/15/0.3/3.75": input/output, then cache read/cache write where the provider caches. The cost of other models is unknown.',
    parseModelPrices,
  ),
} as const;
