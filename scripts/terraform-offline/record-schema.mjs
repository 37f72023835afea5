// Records the schema of what our Terraform files use, on a machine where `terraform init` has fetched the provider:
//
//   terraform -chdir=terraform/environments/dev providers schema -json | node scripts/terraform-offline/record-schema.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const source = 'registry.terraform.io/hashicorp/aws';
const terraform = fileURLToPath(new URL('../../terraform', import.meta.url));

const files = readdirSync(terraform, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tf'));
const code = files.map((name) => readFileSync(join(terraform, name), 'utf8')).join('\n');
const used = (kind) =>
  [...new Set([...code.matchAll(new RegExp(`^${kind} "(aws_\\w+)"`, 'gm'))].map(([, name]) => name))].sort();

const { provider_schemas: providers } = JSON.parse(await text(process.stdin));
const provider = providers[source] ?? Object.values(providers)[0];
const pick = (schemas, names) => names.map((name) => [name, withoutProse(schemas[name] ?? missing(name))]);

const lines = (entries) =>
  entries.map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`).join(',\n');
writeFileSync(
  new URL('schema.json', import.meta.url),
  `{"format_version": "1.0", "provider_schemas": {"${source}": {
"provider": ${JSON.stringify(withoutProse(provider.provider))},
"resource_schemas": {
${lines(pick(provider.resource_schemas, used('resource')))}
},
"data_source_schemas": {
${lines(pick(provider.data_source_schemas, used('data')))}
}}}}
`,
);

/** Descriptions are most of a schema, and nobody reads them here. */
function withoutProse(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutProse);
  const kept = Object.entries(value).filter(([name, member]) => !prose(name, member));
  return Object.fromEntries(kept.map(([name, member]) => [name, name === 'type' ? member : withoutProse(member)]));
}

/** An attribute that is called `description` has an object for its value, and stays. */
function prose(name, member) {
  return ['description', 'description_kind', 'deprecated'].includes(name) && typeof member !== 'object';
}

function missing(name) {
  throw new Error(`The schema does not know ${name}.`);
}
