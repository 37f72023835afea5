// The types of the web page's API client, made from the OpenAPI document.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const { default: openapiTypescript, astToString } = createRequire(join(root, 'web/package.json'))('openapi-typescript');

/** Content of `web/src/lib/api/schema.ts`. Fields of requests that have a default may be left out. */
export async function webClient(openApiDocument) {
  const tree = await openapiTypescript(JSON.parse(openApiDocument), { defaultNonNullable: false });
  return `// Generated from docs/openapi.json by \`npm run generate\`. Do not edit.\n\n${astToString(tree)}`;
}
