// The shape of each kind of object, as strict as the server's: a field that does not exist is a fault.
//
// schema.json is made from the models of @kubernetes/client-node 1.4 (Kubernetes 1.34), with the enumerations and quantities
// that those leave out, and with the little of External Secrets that is used here. Add kinds as manifests need them.
import { readFileSync } from 'node:fs';

const { kinds, definitions } = JSON.parse(readFileSync(new URL('schema.json', import.meta.url), 'utf8'));

/** Where the object does not have the shape of its kind. */
export function shapeFaults(object) {
  const kind = `${object.apiVersion}/${object.kind}`;
  const name = kinds[kind];
  return name === undefined ? [`${kind} is no kind that is known here`] : faultsOf(object, definitions[name], '');
}

function faultsOf(value, schema, path) {
  if (schema.$ref) return faultsOf(value, definitions[schema.$ref.split('/').at(-1)], path);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOf(type, value)))
    return [`${path || '/'} must be ${types.join(' or ')}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${path} must be one of ${schema.enum.join(', ')}`];
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) return [`${path} must match ${schema.pattern}`];
  if (Array.isArray(value))
    return value.flatMap((each, index) => faultsOf(each, schema.items ?? {}, `${path}/${index}`));
  return types.includes('object') ? faultsOfFields(value, schema, path) : [];
}

function faultsOfFields(value, { required = [], properties = {}, additionalProperties }, path) {
  const missing = required.filter((name) => value[name] === undefined).map((name) => `${path}/${name} is missing`);
  return missing.concat(
    Object.entries(value).flatMap(([name, each]) => {
      const schema = properties[name] ?? (additionalProperties || undefined);
      return schema ? faultsOf(each, schema, `${path}/${name}`) : [`${path}/${name}: there is no such field`];
    }),
  );
}

function isOf(type, value) {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
