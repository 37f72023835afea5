// A recorded schema, as `terraform providers schema -json` prints it, in the form of the plugin protocol (version 6).
import { message } from './protobuf.mjs';

const nestings = { single: 1, list: 2, set: 3, map: 4, group: 5 };

/** Body of the answer to GetProviderSchema. */
export function schemaResponse({ resource_schemas: resources, data_source_schemas: dataSources, provider }) {
  return message(
    [1, schema(provider ?? { block: {} })],
    ...Object.entries(resources).map((entry) => [2, named(entry)]),
    ...Object.entries(dataSources).map((entry) => [3, named(entry)]),
  );
}

function named([name, recorded]) {
  return message([1, name], [2, schema(recorded)]);
}

function schema({ version = 0, block: recorded }) {
  return message([1, version], [2, block(recorded)]);
}

function block({ attributes = {}, block_types: blocks = {} }) {
  return message(
    ...Object.entries(attributes).map((entry) => [2, attribute(entry)]),
    ...Object.entries(blocks).map((entry) => [3, nestedBlock(entry)]),
  );
}

function nestedBlock([name, recorded]) {
  const { nesting_mode: nesting, min_items: minimum = 0, max_items: maximum = 0 } = recorded;
  return message([1, name], [2, block(recorded.block)], [3, nestings[nesting]], [4, minimum], [5, maximum]);
}

function attribute([name, recorded]) {
  const { type, nested_type: nested, required, optional, computed, sensitive } = recorded;
  return message(
    [1, name],
    [2, nested ? undefined : JSON.stringify(type)],
    [10, nested && nestedObject(nested)],
    [4, required],
    [5, optional],
    [6, computed],
    [7, sensitive],
  );
}

function nestedObject({ attributes, nesting_mode: nesting }) {
  return message(...Object.entries(attributes).map((entry) => [1, attribute(entry)]), [3, nestings[nesting]]);
}
