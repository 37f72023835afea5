import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from './app.js';
import { Config } from './config/config.js';
import { renderEnvExample } from './config/env-example.js';
import { asyncApiDocument } from './modules/chat/socket/async-api.js';
import { declaredProblems } from './platform/errors/problem.js';
import { openApiDocument } from './platform/openapi/openapi.js';
import { renderAccesses } from './providers/item-store/access-document.js';
import { declaredTables } from './providers/item-store/item-tables.js';
import { schemaOf } from './providers/item-store/table-schema.js';

/** Every file that is made from the sources and committed, by path. */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  return {
    '.env.example': renderEnvExample(),
    ...(await renderDocuments()),
    'docs/dynamodb.md': renderAccesses(declaredTables()),
    'docs/problems.md': renderProblems(),
    'terraform/dynamodb-tables.json': asText(
      Object.fromEntries(declaredTables().map((table) => [table.name, schemaOf(table)])),
    ),
  };
}

/** What is made from the controllers and frames of a service. */
async function renderDocuments(): Promise<Readonly<Record<string, string>>> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tabletalk-generate-'));
  const app = await createApp(Config.read({ DATA_DIR: dataDirectory }), { logger: pino({ level: 'silent' }) });
  try {
    return {
      'docs/asyncapi.json': asText(asyncApiDocument(app.nest)),
      'docs/openapi.json': asText(openApiDocument(app.nest)),
    };
  } finally {
    await app.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

function asText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function renderProblems(): string {
  const sections = declaredProblems().map(
    ({ slug, title, status, help }) => `## ${slug}\n\n**${title}** (status ${status}). ${help}`,
  );
  return `# Problems\n\nEvery kind of problem that the service reports as \`application/problem+json\`; the last segment of \`type\` is the name below.\nGenerated from the classes in \`src\` by \`npm run generate\`; do not edit.\n\n${sections.join('\n\n')}\n`;
}
