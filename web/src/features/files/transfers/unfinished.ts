/** What this browser remembers of an upload that is not complete, so that it can go on after a reload. */
export interface Unfinished {
  readonly uploadId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly fileName: string;
  readonly size: number;
  /** By which the same file is told from a later one of its name. */
  readonly lastModified: number;
  readonly sent: number;
  /** When a page last said that it sends this; milliseconds since 1970, 0 once that page was left. */
  readonly activeAt: number;
}

const key = 'tabletalk.unfinished-uploads';
/** A page that sends says so more often than that. */
const silenceMs = 10_000;

export function readUnfinished(): readonly Unfinished[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Unfinished[];
  } catch {
    return [];
  }
}

export function rememberUnfinished(entry: Unfinished): void {
  write([...readUnfinished().filter(({ uploadId }) => uploadId !== entry.uploadId), entry]);
}

export function forgetUnfinished(uploadId: string): void {
  write(readUnfinished().filter((entry) => entry.uploadId !== uploadId));
}

/** Those that no page sends at present. */
export function abandoned(entries: readonly Unfinished[], now: number): readonly Unfinished[] {
  return entries.filter(({ activeAt }) => now - activeAt > silenceMs);
}

/** Whether this is the file whose upload was interrupted, as far as that can be told without reading it. */
export function isSameFile(
  entry: Unfinished,
  file: { readonly name: string; readonly size: number; readonly lastModified: number },
): boolean {
  return entry.fileName === file.name && entry.size === file.size && entry.lastModified === file.lastModified;
}

function write(entries: readonly Unfinished[]): void {
  if (entries.length === 0) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(entries));
}
