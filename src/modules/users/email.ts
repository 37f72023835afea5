import { domainToASCII } from 'node:url';
import { foldCase } from '../../platform/text/fold-case.js';

/** An e-mail address as its owner writes it, and the key under which two spellings of it are one. */
export interface EmailAddress {
  readonly address: string;
  readonly key: string;
}

const maximumBytes = 254;
const maximumLocalBytes = 64;

/** Dots only between other characters; no quotes, brackets, spaces, or characters that nobody sees. */
const localPart = /^(?!.*[\s\p{C}\p{Default_Ignorable_Code_Point}])[^.@<>()[\]\\,;:"]+(?:\.[^.@<>()[\]\\,;:"]+)*$/u;

/** Host names as the DNS has them, whose last label is no number: an IP address is no domain. */
const domainName = /^(?!.*(?:^|\.)\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/;

/** Undefined when the text is no e-mail address. Local parts of any script and international domains are. */
export function parseEmail(text: string): EmailAddress | undefined {
  const address = text.normalize('NFKC').trim();
  const [local, domain, ...rest] = address.split('@');
  if (!local || !domain || rest.length > 0 || !localPart.test(local)) return undefined;
  const asciiDomain = toAsciiDomain(domain);
  if (asciiDomain === undefined) return undefined;
  const tooLong =
    Buffer.byteLength(local) > maximumLocalBytes ||
    Buffer.byteLength(address) > maximumBytes ||
    Buffer.byteLength(`${local}@${asciiDomain}`) > maximumBytes;
  return tooLong ? undefined : { address, key: `${foldCase(local)}@${asciiDomain}` };
}

function toAsciiDomain(domain: string): string | undefined {
  // What URLs would decode, or drop without a trace, is no part of an address.
  if (/[%\s\p{C}\p{Default_Ignorable_Code_Point}]/u.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  return domainName.test(ascii) ? ascii : undefined;
}
