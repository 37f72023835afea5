import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import metadata from '../../metadata.js';
import { version } from '../version.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const description = `Bring CSV files, look at them, publish them to a lake, ask questions in SQL, and see where every number came from.

To do the whole job from this page: **POST /api/v1/auth/login**, press *Authorize* and paste the access token; **POST /api/v1/uploads** with a file;
**GET /api/v1/uploads/{upload_id}/preview**; **POST /api/v1/uploads/{upload_id}/submit**; follow **GET /api/v1/crawls/{crawl_id}** until it has succeeded; **POST /api/v1/queries**.

To start a team: **POST /api/v1/workspaces**; **POST /api/v1/workspaces/{workspace_id}/invitations**, and pass the link on;
work in it with the header **X-Workspace-Id**, or make it your default with **PATCH /api/v1/users/me**.

Questions in plain language go over the WebSocket **/ws**, whose frames [asyncapi.json](/docs/asyncapi.json) describes, or over the plain calls under *Chat*.`;

/** Builds the OpenAPI document from the controllers and DTO classes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tabletalk')
    .setDescription(description)
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('Accounts', 'People, sessions, workspaces, members, roles, invitations, API tokens, quotas, audit.')
    .addTag('Data in', 'Files: upload, preview, contract, submit; data sets and their versions.')
    .addTag('Catalog', 'Tables that SQL can name, and the crawls that keep them up to date.')
    .addTag('Queries', 'SQL, its results, saved queries, and feeds for BI tools.')
    .addTag('Analysis', 'From interviews to principles to design by, step by step.')
    .addTag('Operations', 'Background jobs, and how the service is.')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An access token from POST /api/v1/auth/login, or an API token.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  addProblem(document);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const operation of operationsIn(item)) addPathParameters(path, operation);
  }
  for (const operation of operationsOf(document)) tidy(operation);
  document.paths = inReadingOrder(document.paths);
  return document;
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap(operationsIn);
}

function operationsIn(path: OpenAPIObject['paths'][string]): Operation[] {
  return (Object.values(path) as Operation[]).filter((each) => typeof each === 'object' && 'responses' in each);
}

/** Those that only a guard reads, such as the workspace, stand in no handler's arguments. */
function addPathParameters(path: string, operation: Operation): void {
  const parameters = operation.parameters ?? [];
  const missing = [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name!)
    .filter((name) => !parameters.some((each) => 'in' in each && each.in === 'path' && each.name === name));
  operation.parameters = [
    ...missing.map((name) => ({ name, in: 'path' as const, required: true, schema: { type: 'string' as const } })),
    ...parameters,
  ];
}

/** The first sentence of a comment is the summary, the rest the description. Headers that every client sends are no parameters. */
function tidy(operation: Operation): void {
  const [, summary, description] = /^([^]*?[.?])(?:\s+([^]*))?$/.exec(operation.summary ?? '') ?? [];
  if (summary !== undefined) {
    operation.summary = summary.replaceAll('`', '').replace(/\s+/g, ' ').replace(/\.$/, '');
    if (description !== undefined) operation.description ??= description;
  }
  operation.parameters = operation.parameters?.filter((each) => !('name' in each) || each.name !== 'user-agent');
}

/** In the order in which a person does the whole job. */
const readingOrder = [
  '/auth',
  '/users',
  '/workspaces',
  '/invitations',
  '/roles',
  '/permissions',
  '/api-tokens',
  '/audit-events',
  '/uploads',
  '/uploads/{upload_id}/preview',
  '/uploads/{upload_id}/contract',
  '/uploads/{upload_id}/submit',
  '/uploads/resumable',
  '/datasets',
  '/crawls',
  '/tables',
  '/queries',
  '/saved-queries',
  '/feeds',
  '/connections',
  '/analysis',
];

function inReadingOrder(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  const place = (path: string) => {
    const index = readingOrder.findLastIndex((beginning) => path.startsWith(`/api/v1${beginning}`));
    return index === -1 ? readingOrder.length : index;
  };
  return Object.fromEntries(Object.entries(paths).sort(([one], [other]) => place(one) - place(other)));
}

/** RFC 9457 problem documents, as every error answer has them. */
export const problemSchema = {
  type: 'object' as const,
  description: 'RFC 9457 problem document. Open the address in "type" for what to do about it.',
  required: ['type', 'title', 'status', 'detail', 'request_id'],
  properties: {
    type: { type: 'string', example: '/problems/invalid-request' },
    title: { type: 'string', example: 'The request is not valid' },
    status: { type: 'integer', example: 400 },
    detail: { type: 'string', example: '/limit: must not be greater than 1000' },
    instance: { type: 'string', example: '/api/v1/uploads' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

/** Every operation may answer with a problem document; saying so once here keeps it out of every controller. */
function addProblem(document: OpenAPIObject): void {
  document.components = {
    ...document.components,
    schemas: {
      ...document.components?.schemas,
      Problem: problemSchema,
    },
  };
  const answer = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const operation of operationsOf(document)) operation.responses.default ??= answer;
}

/** Serves the document at `/docs-json` and Swagger UI at `/docs`; it is built when somebody first asks. */
export async function serveDocumentation(app: INestApplication): Promise<void> {
  await SwaggerModule.loadPluginMetadata(metadata);
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'Tabletalk API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tryItOutEnabled: true },
  });
}
