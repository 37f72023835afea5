// npm run k8s:configure -- production [--image REFERENCE]: writes what Terraform has made for an environment into its
// overlay: settings.env for the service, deployment.env for the manifests. Neither holds a secret; commit them.
//
// Without --image the version of the image stays; with --image-only nothing but the image changes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/prepare.mjs';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { image: { type: 'string' }, 'image-only': { type: 'boolean' } },
});
const [environment] = positionals;
const folder = join(root, 'k8s/overlays', environment ?? '', 'values');
if (environment === undefined || !existsSync(join(folder, 'deployment.env'))) {
  fail('Name an environment, as in: npm run k8s:configure -- production');
}
if (options['image-only'] && options.image === undefined) fail('--image-only needs --image.');

const deployment = readEnv('deployment.env');
if (!options['image-only']) {
  const { settings, kubernetes } = outputs();
  writeEnv('settings.env', settings);
  Object.assign(deployment, {
    HOST_NAME: settings.PUBLIC_URL === undefined ? undefined : new URL(settings.PUBLIC_URL).host,
    CERTIFICATE_ARN: kubernetes.certificate_arn ?? undefined,
    SERVICE_ROLE_ARN: kubernetes.service_role_arn,
    SECRET_NAME: kubernetes.secret_name,
    IMAGE: kubernetes.image + versionOf(deployment.IMAGE),
  });
}
if (options.image !== undefined) deployment.IMAGE = options.image;
writeEnv('deployment.env', deployment);

function outputs() {
  const directory = `-chdir=terraform/environments/${environment}`;
  const { status, stdout, stderr, error } = spawnSync('terraform', [directory, 'output', '-json'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (error || status !== 0) fail(error?.message ?? stderr);
  const { settings, kubernetes } = JSON.parse(stdout);
  if (settings === undefined) fail(`Terraform has made nothing for ${environment} yet: apply it first.`);
  return { settings: settings.value, kubernetes: kubernetes.value };
}

/** `:0.1.0` or `@sha256:…` */
function versionOf(image) {
  return /(@sha256:[0-9a-f]+|:[^:/]+)$/.exec(image)?.[0] ?? '';
}

function readEnv(file) {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s)));
}

function writeEnv(file, values) {
  const lines = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  writeFileSync(join(folder, file), lines.map(([name, value]) => `${name}=${value}\n`).join(''));
  console.log(`wrote k8s/overlays/${environment}/values/${file}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
