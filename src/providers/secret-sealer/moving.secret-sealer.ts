import { type SecretBinding, SecretSealer } from './secret-sealer.js';

/** Seals with one sealer and still opens what another one has sealed: for moving from that one to this. */
export class MovingSecretSealer extends SecretSealer {
  readonly description: string;

  constructor(
    private readonly current: SecretSealer,
    private readonly former: SecretSealer,
  ) {
    super();
    this.description = current.description;
  }

  seal(secret: string, binding: SecretBinding): Promise<string> {
    return this.current.seal(secret, binding);
  }

  open(sealed: string, binding: SecretBinding): Promise<string | undefined> {
    return (this.former.recognises(sealed) ? this.former : this.current).open(sealed, binding);
  }

  recognises(sealed: string): boolean {
    return this.current.recognises(sealed) || this.former.recognises(sealed);
  }

  async isCurrent(sealed: string): Promise<boolean> {
    return this.current.recognises(sealed) && this.current.isCurrent(sealed);
  }

  ping(): Promise<void> {
    return this.current.ping();
  }
}
