import { problem } from '../../platform/errors/problem.js';

export class ContractChanged extends problem({
  slug: 'contract-changed',
  title: 'The contract was changed meanwhile',
  status: 412,
  help: 'Read the contract again, apply your change to it, and send it with the new ETag in If-Match.',
}) {
  constructor(version: number) {
    super(`The contract has changed since you read it; it is now version ${version}.`, {
      headers: { etag: contractTag(version) },
      members: { current_version: version },
    });
  }
}

/** The ETag of a contract's version. */
export function contractTag(version: number): string {
  return `"${version}"`;
}
