export interface Validators {
  /** A strong ETag, quoted. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

export interface Conditions {
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

/** Whether the reader has this content already (RFC 9110 §13): the tag decides; without one, the time does. */
export function notModified({ etag, modifiedAt }: Validators, { ifNoneMatch, ifModifiedSince }: Conditions): boolean {
  if (ifNoneMatch !== undefined) {
    const tags = new Set(ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
    return tags.has('*') || tags.has(etag);
  }
  if (ifModifiedSince === undefined) return false;
  return Math.floor(modifiedAt.getTime() / 1000) <= Date.parse(ifModifiedSince) / 1000;
}
