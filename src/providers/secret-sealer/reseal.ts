import type { SecretBinding, SecretSealer } from './secret-sealer.js';

/** A sealed secret where it is stored. */
export interface StoredSecret {
  readonly binding: SecretBinding;
  readonly sealed: string;
  /** Stores it anew; false when somebody else has changed it meanwhile. */
  readonly replace: (sealed: string) => Promise<boolean>;
}

export interface Resealed {
  /** Sealed with the key of today by now. */
  readonly resealed: number;
  /** Were already, or were set anew meanwhile. */
  readonly untouched: number;
  /** Cannot be opened with any key that is known, and were left as they are. */
  readonly unreadable: readonly SecretBinding[];
}

/** Seals each secret with the key that is used now, unless it is already. May be stopped and begun again at any time. */
export async function reseal(sealer: SecretSealer, secrets: AsyncIterable<StoredSecret>): Promise<Resealed> {
  let resealed = 0;
  let untouched = 0;
  const unreadable: SecretBinding[] = [];
  for await (const { binding, sealed, replace } of secrets) {
    if (await sealer.isCurrent(sealed)) {
      untouched += 1;
      continue;
    }
    const secret = await sealer.open(sealed, binding);
    if (secret === undefined) unreadable.push(binding);
    else if (await replace(await sealer.seal(secret, binding))) resealed += 1;
    else untouched += 1;
  }
  return { resealed, untouched, unreadable };
}
