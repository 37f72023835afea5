import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { conversationTable, messageTable } from '../src/modules/conversations/conversation.js';
import { feedbackTable, verifiedTable } from '../src/modules/feedback/feedback.js';
import { promptTable } from '../src/modules/prompts/prompt.js';
import { runEventTable, runRequestTable, runTable } from '../src/modules/runs/run.js';
import { daysTokensTable } from '../src/modules/tools/chat-spending.js';
import type { ItemTable, KeySchema } from '../src/providers/item-store/item-store.js';

const declared: readonly ItemTable<never>[] = [
  conversationTable,
  daysTokensTable,
  feedbackTable,
  messageTable,
  promptTable,
  runEventTable,
  runRequestTable,
  runTable,
  verifiedTable,
] as readonly unknown[] as readonly ItemTable<never>[];

interface TerraformKeys {
  readonly partition_key: string;
  readonly sort_key: string | null;
}

interface TerraformTable extends TerraformKeys {
  readonly attributes: Readonly<Record<string, 'S' | 'N'>>;
  readonly indexes: Readonly<Record<string, TerraformKeys>>;
  readonly expires_at: string | null;
}

const root = join(import.meta.dirname, '..');
const tables = JSON.parse(readFileSync(join(root, 'terraform/dynamodb-tables.json'), 'utf8')) as Readonly<
  Record<string, TerraformTable>
>;

function keysOf({ partitionKey, sortKey }: KeySchema<never>): TerraformKeys {
  return { partition_key: partitionKey, sort_key: sortKey ?? null };
}

function asTerraform(table: ItemTable<never>): Omit<TerraformTable, 'attributes'> {
  const indexes = Object.entries(table.indexes ?? {}).map(([name, keys]) => [name, keysOf(keys)] as const);
  return { ...keysOf(table), indexes: Object.fromEntries(indexes), expires_at: table.expiresAt ?? null };
}

/** Names in the sources, so that a table cannot be forgotten in the list above. */
function namesInSources(): string[] {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(root, 'src', name), 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(/\b[iI]temTable<\w+>(?: = |\()\{\s*name: '(\w+)'/g)].map(([, name]) => name ?? ''),
  );
}

describe('the tables that Terraform makes', () => {
  it('are those that the sources declare', () => {
    expect(Object.keys(tables).sort()).toEqual(namesInSources().sort());
    expect(declared.map(({ name }) => name).sort()).toEqual(namesInSources().sort());
  });

  it.each(declared.map((table) => [table.name, table] as const))('%s has its keys and indexes', (name, table) => {
    const { attributes, ...made } = tables[name] as TerraformTable;
    expect(made).toEqual(asTerraform(table));
    const keys = [made, ...Object.values(made.indexes)].flatMap(({ partition_key, sort_key }) => [
      partition_key,
      ...(sort_key === null ? [] : [sort_key]),
    ]);
    expect(Object.keys(attributes).sort()).toEqual([...new Set(keys)].sort());
  });
});
