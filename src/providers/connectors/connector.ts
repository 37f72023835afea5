import type { SourceDocument } from './source-document.js';

export const sourceKinds = ['slack', 'gitlab', 'backlog'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What a source is told to read; the members depend on the kind. */
export type SourceConfig = Readonly<Record<string, unknown>>;

export interface SourceSecret {
  /** What the platform's API asks for: a bot token, an access token, an API key. */
  readonly token: string;
  /** What proves that a webhook came from the platform; without one, webhooks are refused. */
  readonly webhook_secret?: string | undefined;
}

/** A fault of a configuration; `pointer` begins at the configuration. */
export interface ConfigFault {
  readonly pointer: string;
  readonly detail: string;
}

/** What a connection test has found. */
export interface ConnectionReport {
  /** As whom the platform knows us, such as a bot's or a user's name. */
  readonly account: string;
  /** The channels or projects that will be read, and those that were asked for and cannot be. */
  readonly containers: readonly { readonly name: string; readonly readable: boolean; readonly detail?: string }[];
  /** What will not work as it should, in sentences. */
  readonly warnings: readonly string[];
}

/** Serialisable; made and read by one connector alone. */
export type ConnectorCursor = Readonly<Record<string, unknown>>;

/** A part of a sync. Where it came from is committed with it, so that the next run goes on behind it. */
export interface SyncPage {
  readonly documents: readonly SourceDocument[];
  /** External ids of what the platform says is gone. */
  readonly deletions: readonly string[];
  /** What continues behind this page; in the last one, where the next incremental sync begins. */
  readonly cursor: ConnectorCursor;
  /** True in the last page only. */
  readonly done: boolean;
  /** How far it is, in words: `#general, back to 2026-03-01`. */
  readonly progress: string;
}

export interface SyncRequest {
  /** Everything, or what was changed since `cursor`. */
  readonly mode: 'full' | 'incremental';
  /** Of a page of this sync to go on with it; else of the last page of the sync before, for an incremental one. */
  readonly cursor?: ConnectorCursor | undefined;
}

/** Something that a webhook says has changed: read it again, or it is gone. The members depend on the kind. */
export type ConnectorChange = Readonly<Record<string, unknown>>;

/** What waits: called before each wait, so that it can be told why nothing happens. */
export type OnWait = (wait: { readonly seconds: number; readonly reason: string }) => void;

/** How a connector reaches one platform with one account. */
export interface ConnectorSession {
  /** Throws a `Problem` that says what to mend: a wrong token, a missing scope, an address that does not answer. */
  test(): Promise<ConnectionReport>;
  /**
   * Reads in pages of at most a few hundred documents. A document that was edited comes again under its external id.
   * Rate limits are waited for, hiccups tried again a few times; what is thrown is a `Problem` when a person must
   * act, any other error when a later try may succeed, or the signal's reason.
   */
  sync(request: SyncRequest): AsyncGenerator<SyncPage, void, void>;
  /** Reads what has changed as it is now. Changes may be old, doubled or of something that this source does not read. */
  refresh(changes: readonly ConnectorChange[]): Promise<Pick<SyncPage, 'documents' | 'deletions'>>;
}

export interface SessionOptions {
  readonly config: SourceConfig;
  readonly secret: SourceSecret;
  readonly signal: AbortSignal;
  readonly onWait: OnWait;
  /** The longest wait for a rate limit; 0 refuses to wait at all and throws `ConnectorBusy`. */
  readonly patienceSeconds: number;
}

/** A webhook as it came: the body is untouched, names of headers are in small letters. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

export type WebhookAnswer =
  /** Not from the platform, or too old. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The platform wants to know whether somebody is there. */
  | { readonly kind: 'challenge'; readonly reply: string }
  /** `eventId` is the same when the platform sends it again. */
  | { readonly kind: 'event'; readonly eventId: string; readonly changes: readonly ConnectorChange[] };

/** A platform that people write on. An adapter is the only place that knows its API. */
export abstract class Connector {
  abstract readonly kind: SourceKind;
  /** The configuration with its defaults filled in, or what is wrong with it. Asks nobody. */
  abstract configure(config: SourceConfig): SourceConfig | readonly ConfigFault[];
  /** The address whose change asks for the secret anew. */
  abstract originOf(config: SourceConfig): string;
  abstract open(options: SessionOptions): ConnectorSession;
  /** Verifies and reads a webhook. Asks nobody, takes milliseconds. */
  abstract webhook(request: WebhookRequest, secret: string): WebhookAnswer;
}
