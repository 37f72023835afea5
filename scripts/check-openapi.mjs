// The OpenAPI document must be valid, and every operation must belong to a section, say what it does and, when it takes a body, show an example.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { root } from './lib/prepare.mjs';

const document = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));
const faults = [];
try {
  await SwaggerParser.validate(structuredClone(document));
} catch (error) {
  faults.push(error.message);
}

const schemas = document.components.schemas;
for (const [path, operations] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    const name = `${method.toUpperCase()} ${path}`;
    if (!operation.tags?.length) faults.push(`${name} belongs to no section`);
    if (!operation.summary) faults.push(`${name} has no summary`);
    for (const content of Object.values(operation.requestBody?.content ?? {})) {
      if (!hasExample(content)) faults.push(`${name} shows no example of its body`);
    }
  }
}

function hasExample(content) {
  if (content.example || content.examples) return true;
  const schema = content.schema?.$ref ? schemas[content.schema.$ref.split('/').at(-1)] : content.schema;
  if (!schema) return false;
  if (schema.example !== undefined || schema.format === 'binary' || schema.type === 'string') return true;
  const properties = Object.entries(schema.properties ?? {});
  const required = properties.filter(([name]) => (schema.required ?? []).includes(name));
  return (
    properties.length > 0 &&
    required.every(
      ([, each]) =>
        each.example !== undefined || each.$ref || each.allOf || each.items || each.enum || each.format === 'binary',
    )
  );
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
