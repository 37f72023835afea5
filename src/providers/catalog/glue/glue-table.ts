import { gunzipSync, gzipSync } from 'node:zlib';
import type { Table, TableInput } from '@aws-sdk/client-glue';
import type { CatalogTable } from '../catalog.js';
import { describedTable, type StoredDescriptions } from '../described-table.js';
import { hiveType } from './hive-type.js';

/** What a table's entry in Glue says. */
export interface GlueEntry {
  readonly definition: CatalogTable;
  readonly descriptions: StoredDescriptions;
  /** Glue's own number of the entry, which every change raises. */
  readonly versionId: string | undefined;
}

const CONTENT = 'tabletalk_content';
/** Glue takes 512,000 bytes as one parameter. */
const MAX_PARAMETER = 500_000;
const MAX_COMMENT = 255;
const MAX_DESCRIPTION = 2048;

/**
 * A table as Athena and other readers of Glue understand it: columns and the files that a manifest lists. What only the
 * service knows, such as statistics, stands packed in parameters. `location` is the folder of the manifest.
 */
export function toTableInput(entry: Pick<GlueEntry, 'definition' | 'descriptions'>, location: string): TableInput {
  const shown = describedTable(entry.definition, entry.descriptions);
  return {
    Name: shown.table,
    ...(shown.description && { Description: shortened(shown.description, MAX_DESCRIPTION) }),
    TableType: 'EXTERNAL_TABLE',
    Parameters: { EXTERNAL: 'TRUE', classification: 'parquet', ...pack(entry) },
    PartitionKeys: [],
    StorageDescriptor: {
      Columns: shown.columns.map(({ name, type, description }) => ({
        Name: name,
        Type: hiveType(type),
        ...(description && { Comment: shortened(description, MAX_COMMENT) }),
      })),
      Location: location,
      InputFormat: 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    },
  };
}

/** Undefined for a table that somebody else has put there. */
export function fromTable({ Parameters: parameters = {}, VersionId: versionId }: Table): GlueEntry | undefined {
  const parts: string[] = [];
  while (parameters[`${CONTENT}_${parts.length}`] !== undefined) parts.push(parameters[`${CONTENT}_${parts.length}`]!);
  if (parts.length === 0) return undefined;
  const text = gunzipSync(Buffer.from(parts.join(''), 'base64')).toString();
  return { ...(JSON.parse(text) as Omit<GlueEntry, 'versionId'>), versionId };
}

function pack({ definition, descriptions }: Pick<GlueEntry, 'definition' | 'descriptions'>): Record<string, string> {
  const text = gzipSync(JSON.stringify({ definition, descriptions })).toString('base64');
  const count = Math.ceil(text.length / MAX_PARAMETER);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${CONTENT}_${index}`,
      text.slice(index * MAX_PARAMETER, (index + 1) * MAX_PARAMETER),
    ]),
  );
}

/** On one line, and no longer than Glue takes. */
function shortened(text: string, length: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  if (line.length <= length) return line;
  // Never half of a character that takes two units.
  return `${line.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
