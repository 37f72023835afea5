// npm run k8s:check: renders every overlay below k8s/ and checks each object's shape, what must hold among them, and that
// the settings are settings of the service with values that it takes. Ends with 77 where nothing renders Kustomize.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canRender, render } from './k8s/render.mjs';
import { environmentOf, ruleFaults, workloadsOf } from './k8s/rules.mjs';
import { shapeFaults } from './k8s/schema.mjs';
import { build, install, root } from './lib/prepare.mjs';

/** The status of a check that lacks what it needs on this machine. */
const skippedStatus = 77;

/** What only the Secret holds. */
const secrets = { MASTER_KEY: 'a secret of at least 32 characters' };
/** What Node and the AWS SDK read themselves. */
const ofOthers = new Set(['AWS_REGION', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS']);

if (!canRender()) {
  console.log('Neither kubectl nor kustomize is installed: https://kubernetes.io/docs/tasks/tools/');
  process.exit(skippedStatus);
}

install();
build();
const { Config } = await import('../dist/config/config.js');
const { settings } = await import('../dist/config/settings.js');
const variables = new Set(Object.values(settings).map(({ variable }) => variable));

let failed = false;
for (const overlay of readdirSync(join(root, 'k8s/overlays')).sort()) {
  const { objects, faults } = check(`k8s/overlays/${overlay}`);
  if (faults.length > 0) failed = true;
  console.log(`${faults.length > 0 ? 'FAIL' : 'ok  '} ${overlay}: ${objects.length} objects`);
  for (const fault of new Set(faults)) console.log(`     ${fault}`);
}
process.exit(failed ? 1 : 0);

function check(folder) {
  const { objects, faults } = render(folder);
  for (const object of objects) {
    faults.push(...shapeFaults(object).map((fault) => `${object.kind}/${object.metadata?.name}: ${fault}`));
  }
  // Rules take the shapes for granted.
  if (faults.length > 0) return { objects, faults };
  const containers = workloadsOf(objects).flatMap(({ spec }) => spec.template.spec.containers);
  const settingFaults = containers.flatMap((container) => faultsOfSettings(environmentOf(container, objects)));
  return { objects, faults: [...ruleFaults(objects), ...settingFaults] };
}

function faultsOfSettings(environment) {
  const unknown = Object.keys(environment).filter((each) => !variables.has(each) && !ofOthers.has(each));
  const faults = unknown.map((each) => `${each} is no setting of the service`);
  try {
    Config.read({ ...environment, ...secrets });
    return faults;
  } catch (error) {
    return [...faults, ...(error.faults ?? [error.message])];
  }
}
