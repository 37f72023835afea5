import { Injectable } from '@nestjs/common';
import type { SourceKind } from '../../providers/connectors/connector.js';
import type { Caller } from '../access/caller.js';
import { type SourceRow, SourcesRepository } from './sources.repository.js';

/** A source whose documents somebody may read. */
export interface VisibleSource {
  readonly sourceId: string;
  readonly name: string;
  readonly kind: SourceKind;
}

/**
 * Decides whose documents a caller may find. A source that was deleted is seen by nobody; rights to manage sources give
 * no right to read what they bring.
 */
@Injectable()
export class SourceAccess {
  constructor(private readonly sources: SourcesRepository) {}

  /** Looked up at every call and kept nowhere, so that a source made private is closed at once. */
  async visibleTo({ workspaceId, userId }: Pick<Caller, 'workspaceId' | 'userId'>): Promise<VisibleSource[]> {
    const rows = await this.sources.all(workspaceId);
    return rows
      .filter((row) => maySee(row, userId))
      .map(({ source_id: sourceId, name, kind }) => ({ sourceId, name, kind }));
  }
}

function maySee({ visibility, created_by, member_ids }: SourceRow, userId: string): boolean {
  if (visibility === 'workspace' || created_by === userId) return true;
  return visibility === 'members' && (JSON.parse(member_ids) as string[]).includes(userId);
}
