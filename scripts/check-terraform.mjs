// Formats, validates and tests what is in terraform/, without an account and without a registry; with `--online`, with the
// provider that the registry has. Ends with 77 when there is no Terraform to do it with.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/prepare.mjs';
import { startProvider } from './terraform-offline/provider.mjs';

const skipped = 77;
const online = process.argv.includes('--online');
// Terraform's cache of providers is not made for two at once.
const atOnce = online ? 1 : 2;
const commandSeconds = 600;
const terraform = join(root, 'terraform');

if (spawnSync('terraform', ['version']).status !== 0) {
  console.log('Terraform is not installed: https://developer.hashicorp.com/terraform/install');
  process.exit(skipped);
}

const provider = online ? undefined : await startProvider();
const scratch = mkdtempSync(join(tmpdir(), 'terraform-check-'));
const providers = join(scratch, 'providers');
mkdirSync(providers);
const folders = ['modules', 'environments'].flatMap((kind) =>
  readdirSync(join(terraform, kind))
    .map((name) => `${kind}/${name}`)
    .filter((folder) => existsSync(join(terraform, folder, 'versions.tf'))),
);
const faults = [...(await faultsOf(['fmt', '-check', '-diff', '-recursive'], '.')), ...(await inTurns(folders))];
rmSync(scratch, { recursive: true, force: true });
provider?.close();
console.log(faults.length > 0 ? faults.join('\n') : `${folders.length} folders are valid and pass their tests.`);
process.exit(faults.length > 0 ? 1 : 0);

async function inTurns(waiting) {
  const found = [];
  const queue = [...waiting];
  const work = async () => {
    for (let folder = queue.shift(); folder; folder = queue.shift()) found.push(...(await check(folder)));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}

async function check(folder) {
  const commands = [['init', '-backend=false', '-input=false'], ['validate'], ['test']];
  const tests = join(terraform, folder, 'tests');
  if (!existsSync(tests) || readdirSync(tests).length === 0) return [`${folder} has no tests.`];
  for (const command of commands) {
    const found = await faultsOf([...command, '-no-color'], folder);
    if (found.length > 0) return found;
  }
  return [];
}

function faultsOf(args, folder) {
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_DATA_DIR: join(scratch, folder.replaceAll('/', '-')),
    ...(provider
      ? { TF_CLI_CONFIG_FILE: '/dev/null', TF_REATTACH_PROVIDERS: provider.reattach }
      : { TF_PLUGIN_CACHE_DIR: providers, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' }),
  };
  return new Promise((resolve) => {
    execFile(
      'terraform',
      args,
      { cwd: join(terraform, folder), env, timeout: commandSeconds * 1000 },
      (error, stdout, stderr) => {
        resolve(error ? [`terraform ${args.join(' ')} in ${folder}:\n${stdout}${stderr || error.message}`] : []);
      },
    );
  });
}
