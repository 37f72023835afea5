import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from './app.js';
import { Config } from './config/config.js';
import { renderEnvExample } from './config/env-example.js';
import { declaredProblems } from './platform/errors/problem.js';
import { openApiDocument } from './platform/openapi/openapi.js';

/** Every file that is made from the sources and committed, by path. */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  return {
    '.env.example': renderEnvExample(),
    'docs/openapi.json': await renderOpenApi(),
    'docs/problems.md': renderProblems(),
  };
}

async function renderOpenApi(): Promise<string> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tabletalk-generate-'));
  const app = await createApp(Config.read({ DATA_DIR: dataDirectory }), { logger: pino({ level: 'silent' }) });
  try {
    return `${JSON.stringify(openApiDocument(app.nest), null, 2)}\n`;
  } finally {
    await app.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

function renderProblems(): string {
  const sections = declaredProblems().map(
    ({ slug, title, status, help }) => `## ${slug}\n\n**${title}** (status ${status}). ${help}`,
  );
  return `# Problems\n\nEvery kind of problem that the service reports as \`application/problem+json\`; the last segment of \`type\` is the name below.\nGenerated from the classes in \`src\` by \`npm run generate\`; do not edit.\n\n${sections.join('\n\n')}\n`;
}
