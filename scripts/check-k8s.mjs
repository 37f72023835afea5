// npm run k8s:check: renders every overlay below k8s/ and checks each object's shape, what must hold among them, and that
// the settings are settings of the service with values that it takes. Ends with 77 where nothing renders Kustomize.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canRender, render } from './k8s/render.mjs';
import { environmentOf, ruleFaults } from './k8s/rules.mjs';
import { shapeFaults } from './k8s/schema.mjs';
import { build, install, root } from './lib/prepare.mjs';

/** The status of a check that lacks what it needs on this machine. */
const skippedStatus = 77;

/** What only the Secret holds. */
const secrets = { MASTER_KEY: 'a secret of at least 32 characters' };

install();
build();
const { Config } = await import('../dist/config/config.js');
const settings = new Set(readFileSync(join(root, '.env.example'), 'utf8').match(/(?<=^# )[A-Z][A-Z0-9_]*(?==)/gm));
const ofOthers = /^(AWS_|NODE_)/;

if (!canRender()) {
  console.log('Neither kubectl nor kustomize is installed: https://kubernetes.io/docs/tasks/tools/');
  process.exit(skippedStatus);
}

let failed = false;
for (const overlay of readdirSync(join(root, 'k8s/overlays')).sort()) {
  const { objects, faults, notes } = check(`k8s/overlays/${overlay}`);
  if (faults.length > 0) failed = true;
  console.log(`${faults.length > 0 ? 'FAIL' : 'ok  '} ${overlay}: ${objects.length} objects${notes}`);
  for (const fault of new Set(faults)) console.log(`     ${fault}`);
}
process.exit(failed ? 1 : 0);

function check(folder) {
  const { objects, faults } = render(folder);
  for (const object of objects) {
    faults.push(...shapeFaults(object).map((fault) => `${object.kind}/${object.metadata?.name}: ${fault}`));
  }
  // Rules take the shapes for granted.
  if (faults.length > 0) return { objects, faults, notes: '' };
  const [container] = objects.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers;
  const environment = environmentOf(container, objects);
  const profile = environment.PROVIDERS;
  return configurationFaults({ PROVIDERS: profile }).some((fault) => fault.startsWith('PROVIDERS'))
    ? {
        objects,
        faults: ruleFaults(objects),
        notes: `; settings not checked, for the service has no PROVIDERS=${profile}`,
      }
    : { objects, faults: [...ruleFaults(objects), ...settingFaults(environment)], notes: '' };
}

function settingFaults(environment) {
  const unknown = Object.keys(environment).filter((each) => !settings.has(each) && !ofOthers.test(each));
  return [
    ...unknown.map((each) => `${each} is no setting of the service`),
    ...configurationFaults({ ...environment, ...secrets }),
  ];
}

function configurationFaults(environment) {
  try {
    Config.read(environment);
    return [];
  } catch (error) {
    return error.faults ?? [error.message];
  }
}
