import { domainToASCII } from 'node:url';

/** An e-mail address as its owner writes it, and the key under which two spellings of it are one. */
export interface EmailAddress {
  readonly address: string;
  readonly key: string;
}

/** Undefined when the text is no e-mail address. */
export function parseEmail(text: string): EmailAddress | undefined {
  const address = text.normalize('NFKC').trim();
  const match = /^([^\s@<>()[\]\\,;:"]+)@([^\s@/:?#[\]]+)$/u.exec(address);
  if (!match || address.length > 254) return undefined;
  const domain = domainToASCII(match[2]!);
  if (!domain || domain.startsWith('.') || domain.endsWith('.')) return undefined;
  return { address, key: `${match[1]!.toLowerCase()}@${domain}` };
}
