/** Whose a secret is. */
export interface SecretBinding {
  readonly workspaceId: string;
  readonly kind: 'source' | 'tool';
  /** Of the row that it is kept in, within the workspace. */
  readonly id: string;
}

/**
 * Encrypts the secrets that workspaces entrust to the service, for storing them. A sealed secret opens for the binding that
 * it was sealed for and no other, so one that was moved to another row does not open there. No error and no log holds a
 * secret. Where a key service is needed, every method rejects with `SecretsUnavailable` while it cannot be reached, and with
 * `SecretKeyRefused` or `SecretKeyUnusable` until an operator has done something.
 */
export abstract class SecretSealer {
  /** What it seals with, in a few words for those who run the service. */
  abstract readonly description: string;
  /** A text to store. The same secret is sealed differently each time. */
  abstract seal(secret: string, binding: SecretBinding): Promise<string>;
  /** Undefined when it was changed, sealed for another binding, or with a key that is known no more. */
  abstract open(sealed: string, binding: SecretBinding): Promise<string | undefined>;
  /** Whether it has the form that this sealer gives; that it opens is not said. */
  abstract recognises(sealed: string): boolean;
  /** Whether it is sealed with the key that `seal` uses now. */
  abstract isCurrent(sealed: string): Promise<boolean>;
  /** Rejects when nothing can be sealed or opened. */
  abstract ping(): Promise<void>;
}
