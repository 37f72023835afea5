// The tools for DynamoDB, once all is built. In production Terraform makes the tables: without an endpoint nothing is done.
const [command] = process.argv.slice(2);
if (!process.env.AWS_ENDPOINT_URL_DYNAMODB) {
  console.error('Set AWS_ENDPOINT_URL_DYNAMODB, such as http://127.0.0.1:8000 of DynamoDB Local.');
  process.exit(1);
}

const load = (file) => import(`../../dist/${file}`);
await load('app.module.js');
const [{ Config }, { declaredTables }, { createDynamoDbClient }, { createTable }, { AccessTrial }, { SystemClock }] =
  await Promise.all([
    load('config/config.js'),
    load('providers/item-store/item-tables.js'),
    load('providers/item-store/dynamodb/dynamodb-client.js'),
    load('providers/item-store/dynamodb/tables.js'),
    load('providers/item-store/dynamodb/access-trial.js'),
    load('providers/clock/system.clock.js'),
  ]);
const { dynamoDbTablePrefix: prefix } = Config.read(process.env);
const client = createDynamoDbClient({});

async function createTables() {
  for (const table of declaredTables()) {
    console.log(`${prefix}${table.name}: ${await createTable(client, table, prefix)}`);
  }
  return 0;
}

async function tryAccessPatterns() {
  const clock = new SystemClock();
  const counts = { ok: 0, FAIL: 0 };
  for (const table of declaredTables()) {
    for await (const tried of new AccessTrial(client, prefix, table, clock).run()) {
      const state = tried.fault === undefined ? 'ok' : 'FAIL';
      counts[state] += 1;
      console.log(lineOf(state, tried));
    }
  }
  console.log(`access patterns: ${counts.ok} work, ${counts.FAIL} do not`);
  return counts.FAIL === 0 ? 0 : 1;
}

function lineOf(state, { table, operation, index, keyCondition, items, milliseconds, fault }) {
  const place = index === undefined ? table : `${table}/${index}`;
  const outcome = fault ?? `${items} item${items === 1 ? '' : 's'}`;
  return [
    state.padEnd(4),
    place.padEnd(28),
    operation.padEnd(28),
    keyCondition.padEnd(60),
    `${milliseconds.toFixed(1)} ms`.padStart(10),
    outcome,
  ].join('  ');
}

process.exit(await (command === 'create-tables' ? createTables() : tryAccessPatterns()));
