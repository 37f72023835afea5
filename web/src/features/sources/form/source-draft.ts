import type { Schemas } from '@/lib/api/client';
import type { Source, SourceKind } from '@/components/sources/kinds';

/** A source while somebody sets it up. */
export interface SourceDraft {
  readonly kind: SourceKind;
  readonly name: string;
  readonly url: string;
  readonly token: string;
  /** Read only these; all that the account can read while it is false. */
  readonly isPicked: boolean;
  readonly containers: readonly string[];
  readonly parts: readonly string[];
  readonly confidential: boolean;
  readonly privateChannels: boolean;
  readonly files: boolean;
  /** Days, as typed. */
  readonly lookBack: string;
  /** A cron expression; empty for none. */
  readonly schedule: string;
  readonly visibility: Source['visibility'];
  readonly memberIds: readonly string[];
  readonly tables: boolean;
}

export type ChangeDraft = (change: Partial<SourceDraft>) => void;

const partsOfKind: Readonly<Record<SourceKind, readonly string[]>> = {
  slack: [],
  gitlab: ['issues', 'merge_requests', 'wiki', 'readme'],
  backlog: ['issues', 'wikis'],
};

export function newDraft(kind: SourceKind): SourceDraft {
  return {
    kind,
    name: '',
    url: kind === 'gitlab' ? 'https://gitlab.com' : '',
    token: '',
    isPicked: false,
    containers: [],
    parts: partsOfKind[kind],
    confidential: false,
    privateChannels: false,
    files: true,
    lookBack: '7',
    schedule: '*/30 * * * *',
    visibility: 'workspace',
    memberIds: [],
    tables: kind !== 'slack',
  };
}

export function draftOf(source: Source): SourceDraft {
  const { kind, config, name, schedule, visibility, member_ids: memberIds, tables } = source;
  const containers = textsOf(config[kind === 'slack' ? 'channels' : 'projects']);
  const empty = newDraft(kind);
  return {
    ...empty,
    name,
    url: typeof config.url === 'string' ? config.url : '',
    isPicked: containers.length > 0,
    containers,
    parts: kind === 'slack' ? [] : textsOf(config.include),
    confidential: config.confidential === true,
    privateChannels: config.private_channels === true,
    files: config.files !== false,
    lookBack: typeof config.look_back_days === 'number' ? String(config.look_back_days) : empty.lookBack,
    schedule: schedule ?? '',
    visibility,
    memberIds,
    tables,
  };
}

/** What to read, as the API takes it. */
export function configOf(draft: SourceDraft): Record<string, unknown> {
  const containers = draft.isPicked ? draft.containers : [];
  if (draft.kind === 'slack') {
    return {
      channels: containers,
      private_channels: draft.privateChannels,
      files: draft.files,
      look_back_days: Number(draft.lookBack),
    };
  }
  return {
    url: draft.url.trim(),
    projects: containers,
    include: draft.parts,
    ...(draft.kind === 'gitlab' && { confidential: draft.confidential }),
  };
}

/** The configuration with which a connection is tried before anything is chosen: everything that can be read. */
export function widestConfigOf(draft: SourceDraft): Record<string, unknown> {
  return configOf({ ...draft, isPicked: false, parts: partsOfKind[draft.kind] });
}

export function createOf(draft: SourceDraft): Schemas['CreateSource'] {
  return {
    kind: draft.kind,
    config: configOf(draft),
    secret: { token: draft.token.trim() },
    ...sharedOf(draft),
  };
}

/** Everything but what stays: the token when none was typed. */
export function changeOf(draft: SourceDraft): Schemas['ChangeSource'] {
  const token = draft.token.trim();
  return { config: configOf(draft), ...sharedOf(draft), ...(token !== '' && { secret: { token } }) };
}

function sharedOf(draft: SourceDraft) {
  return {
    name: draft.name.trim(),
    schedule: draft.schedule.trim() === '' ? null : draft.schedule.trim(),
    visibility: draft.visibility,
    member_ids: draft.visibility === 'members' ? [...draft.memberIds] : [],
    tables: canHaveTables(draft) && draft.tables,
  };
}

/** All members may query data sets, so tables go with sources that all members may read. */
export function canHaveTables({ kind, visibility }: Pick<SourceDraft, 'kind' | 'visibility'>): boolean {
  return kind !== 'slack' && visibility === 'workspace';
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export const steps = ['connection', 'scope', 'schedule'] as const;
export type Step = (typeof steps)[number];

/** The step in which a field that the service refuses is mended. */
export function stepOf(pointer: string): Step {
  if (pointer.startsWith('/config/url') || pointer.startsWith('/secret')) return 'connection';
  return pointer.startsWith('/config') ? 'scope' : 'schedule';
}
