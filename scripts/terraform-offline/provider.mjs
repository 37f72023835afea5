// A provider that knows the recorded schema of hashicorp/aws and nothing else: with it the real `terraform validate` and
// `terraform test` (with mock_provider) run without a registry and without an account. It plans nothing itself.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMessagePack, unknown } from './msgpack.mjs';
import { decode, message } from './protobuf.mjs';
import { schemaResponse } from './schema.mjs';

const unimplemented = '12';
const error = 1;

/** Starts the provider. `reattach` is the value of TF_REATTACH_PROVIDERS for Terraform to find it; `close` ends it. */
export async function startProvider() {
  const recorded = JSON.parse(readFileSync(new URL('schema.json', import.meta.url), 'utf8'));
  const [source, provider] = Object.entries(recorded.provider_schemas)[0];
  const folder = mkdtempSync(join(tmpdir(), 'terraform-provider-'));
  const socket = join(folder, 'socket');
  const server = serve(methodsOf(provider));
  await new Promise((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  const reattach = {
    [source]: {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'unix', String: socket },
    },
  };
  return {
    reattach: JSON.stringify(reattach),
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What Terraform calls: the method's name, and the answer's body for the request's body. */
function methodsOf(provider) {
  const schemas = schemaResponse(provider);
  const nothing = () => message();
  return {
    GetProviderSchema: () => schemas,
    ValidateProviderConfig: nothing,
    ValidateResourceConfig: (request) => validateResource(provider.resource_schemas, request),
    ValidateDataResourceConfig: nothing,
    ConfigureProvider: nothing,
    StopProvider: nothing,
  };
}

/** Terraform itself leaves it to providers to refuse a value for what they compute. */
function validateResource(schemas, request) {
  const fields = decode(request);
  const { attributes = {} } = schemas[fields.get(1).toString()].block;
  const values = decodeMessagePack(decode(fields.get(2)).get(1));
  const faults = Object.entries(attributes).filter(
    ([name, { computed, optional }]) => computed && !optional && values[name] != null && values[name] !== unknown,
  );
  return message(...faults.map(([name]) => [1, computedOnly(name)]));
}

function computedOnly(name) {
  const path = message([1, message([1, name])]);
  return message([1, error], [2, 'Value for unconfigurable attribute'], [3, `"${name}" is computed.`], [4, path]);
}

/** gRPC without its library: one message each way, behind a byte for compression and four for the length. */
function serve(methods) {
  return createServer().on('stream', (stream, headers) => {
    const method = methods[headers[':path'].replace('/tfplugin6.Provider/', '')];
    const start = { ':status': 200, 'content-type': 'application/grpc' };
    stream.on('error', () => stream.destroy());
    if (!method) {
      stream.respond({ ...start, 'grpc-status': unimplemented }, { endStream: true });
      return;
    }
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const body = method(Buffer.concat(chunks).subarray(5));
      const prefix = Buffer.alloc(5);
      prefix.writeUInt32BE(body.length, 1);
      stream.respond(start, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.concat([prefix, body]));
    });
  });
}
