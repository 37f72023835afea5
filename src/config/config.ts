import type { Setting } from './setting.js';
import { settings } from './settings.js';

type Values = {
  -readonly [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer Value> ? Value : never;
};

/** Thrown with every fault at once, so that one round of corrections is enough. */
export class InvalidConfiguration extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((each) => `  - ${each}`).join('\n')}`,
    );
  }
}

// Declaration merging gives the class one typed member for each setting, so that `Config` is both type and injection token.
// eslint-disable-next-line typescript/no-unsafe-declaration-merging
export interface Config extends Readonly<Values> {}

/** The service's settings, read once from the environment by `main.ts` and passed in by tests. */
// eslint-disable-next-line typescript/no-unsafe-declaration-merging
export class Config {
  private constructor(values: Values) {
    Object.assign(this, values);
  }

  /** Reads and checks all settings. Throws `InvalidConfiguration`. */
  static read(environment: Readonly<Record<string, string | undefined>>): Config {
    const faults: string[] = [];
    const values: Record<string, unknown> = {};
    for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
      const text = environment[setting.variable]?.trim() || setting.fallback;
      if (text === undefined) continue;
      try {
        values[name] = setting.parse(text);
      } catch (error) {
        const reason = (error as Error).message;
        faults.push(`${setting.variable} ${setting.secret ? reason.replaceAll(text, '***') : reason}`);
      }
    }
    faults.push(...contradictions(values));
    if (faults.length > 0) throw new InvalidConfiguration(faults);
    return new Config(values as Values);
  }
}

function contradictions(values: Partial<Values>): string[] {
  const faults: string[] = [];
  if ((values.ownerEmail === undefined) !== (values.ownerPassword === undefined)) {
    faults.push('OWNER_EMAIL and OWNER_PASSWORD must be given together');
  }
  if (values.masterKey !== undefined && values.masterKey.length < 32) {
    faults.push('MASTER_KEY must have at least 32 characters');
  }
  if (values.masterKey?.includes(',')) {
    faults.push('MASTER_KEY must not contain a comma, since PREVIOUS_MASTER_KEYS will have to list it');
  }
  if (values.previousMasterKeys?.some((each) => each.length < 32)) {
    faults.push('PREVIOUS_MASTER_KEYS must be secrets of at least 32 characters, separated by commas');
  }
  if (values.publicUrl !== undefined && !/^https?:\/\/[^\s/]+/.test(values.publicUrl)) {
    faults.push('PUBLIC_URL must begin with http:// or https:// and a host name');
  }
  if ((values.smtpUrl === undefined) !== (values.mailFrom === undefined)) {
    faults.push('SMTP_URL and MAIL_FROM must be given together');
  }
  if (values.smtpUrl !== undefined && !isSmtpUrl(values.smtpUrl)) {
    faults.push('SMTP_URL must be smtp:// or smtps:// with a host name, and user and password percent-encoded');
  }
  if (values.mailFrom !== undefined && !/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(values.mailFrom)) {
    faults.push('MAIL_FROM must be an e-mail address without a name');
  }
  if (values.webSearchUrl !== undefined && !/^https?:\/\/[^\s/?#{}]+[/?][^\s#]*\{query\}/.test(values.webSearchUrl)) {
    faults.push('WEB_SEARCH_URL must begin with http:// or https:// and a host name, and have {query} after that');
  }
  const objectStore = values.objectStore ?? (values.providers === 'aws' ? 's3' : undefined);
  if (objectStore === 's3' && values.s3Bucket === undefined) {
    faults.push('OBJECT_STORE=s3 needs S3_BUCKET');
  }
  const secretSealer = values.secretSealer ?? (values.providers === 'aws' ? 'kms' : undefined);
  if (secretSealer === 'kms' && values.secretsKmsKeyId === undefined) {
    const chosen = values.secretSealer === undefined ? ', which PROVIDERS=aws chooses,' : '';
    faults.push(
      `SECRET_SEALER=kms${chosen} needs SECRETS_KMS_KEY_ID; to go on encrypting secrets with MASTER_KEY, set SECRET_SEALER=local`,
    );
  }
  if (values.s3Prefix && !/^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/.test(values.s3Prefix)) {
    faults.push('S3_PREFIX must be lower-case names separated by slashes, with none at either end');
  }
  if (!/^[A-Za-z0-9_.-]{0,200}$/.test(values.dynamoDbTablePrefix ?? '')) {
    faults.push('DYNAMODB_TABLE_PREFIX must have letters, digits and _.- only');
  }
  return [...faults, ...glueAndAthenaFaults(values), ...languageModelFaults(values), ...embedderFaults(values)];
}

function glueAndAthenaFaults(values: Partial<Values>): string[] {
  const faults: string[] = [];
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(values.glueDatabasePrefix ?? 'tabletalk_')) {
    faults.push('GLUE_DATABASE_PREFIX must be lower-case letters, digits and underscores, and begin with a letter');
  }
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(values.athenaWorkgroupPrefix ?? 'tabletalk-')) {
    faults.push('ATHENA_WORKGROUP_PREFIX must be lower-case letters, digits, points, hyphens and underscores');
  }
  const output = values.athenaOutputPrefix ?? 'athena-results/';
  if (!/^([a-z0-9_-][a-z0-9._-]*\/)+$/.test(output)) {
    faults.push('ATHENA_OUTPUT_PREFIX must be lower-case names that each end in a slash');
  }
  if (values.s3Prefix && output.startsWith(`${values.s3Prefix}/`)) {
    faults.push('ATHENA_OUTPUT_PREFIX must not lie below S3_PREFIX, where the service keeps its own files');
  }
  if (values.athenaBytesCutoff !== undefined && values.athenaBytesCutoff < 10_485_760) {
    faults.push("ATHENA_BYTES_CUTOFF must be at least 10485760 (10 MB), Athena's minimum");
  }
  return faults;
}

function languageModelFaults({
  languageModel,
  openAiBaseUrl,
  openAiModelId,
  bedrockModelId,
}: Partial<Values>): string[] {
  const faults: string[] = [];
  if ((openAiBaseUrl === undefined) !== (openAiModelId === undefined)) {
    faults.push('OPENAI_BASE_URL and OPENAI_MODEL_ID must be given together');
  }
  if (openAiBaseUrl !== undefined && !isBaseUrl(openAiBaseUrl)) {
    faults.push('OPENAI_BASE_URL must begin with http:// or https:// and a host name, without user, query or fragment');
  }
  if (languageModel === 'openai-compatible' && openAiBaseUrl === undefined) {
    faults.push('LANGUAGE_MODEL=openai-compatible needs OPENAI_BASE_URL and OPENAI_MODEL_ID');
  }
  if (languageModel === 'bedrock' && bedrockModelId === undefined) {
    faults.push('LANGUAGE_MODEL=bedrock needs BEDROCK_MODEL_ID');
  }
  return faults;
}

function embedderFaults(values: Partial<Values>): string[] {
  const { embedder, embedderModelId, embedderBaseUrl, embedderApiKey, openAiBaseUrl } = values;
  const faults: string[] = [];
  if (embedder !== undefined && embedder !== 'builtin' && embedderModelId === undefined) {
    faults.push(`EMBEDDER=${embedder} needs EMBEDDER_MODEL_ID`);
  }
  if (embedder === 'openai-compatible' && embedderBaseUrl === undefined && openAiBaseUrl === undefined) {
    faults.push('EMBEDDER=openai-compatible needs EMBEDDER_BASE_URL or OPENAI_BASE_URL');
  }
  if (embedderBaseUrl !== undefined && !isBaseUrl(embedderBaseUrl)) {
    faults.push(
      'EMBEDDER_BASE_URL must begin with http:// or https:// and a host name, without user, query or fragment',
    );
  }
  if (embedderApiKey !== undefined && embedderBaseUrl === undefined) {
    faults.push('EMBEDDER_API_KEY goes with EMBEDDER_BASE_URL');
  }
  return faults;
}

function isBaseUrl(text: string): boolean {
  return /^https?:\/\/[^\s/@?#]+(\/[^\s?#]*)?$/.test(text) && URL.canParse(text);
}

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === '';
}
