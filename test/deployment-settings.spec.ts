import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { Config } from '../src/config/config.js';
import { settings } from '../src/config/settings.js';

const variables = new Set(Object.values(settings).map(({ variable }) => variable));
const secrets = new Set(
  Object.values(settings)
    .filter(({ secret }) => secret)
    .map(({ variable }) => variable),
);
/** What Node and the AWS SDK read themselves. */
const ofOthers = new Set(['AWS_REGION']);
/** What the Secret brings. */
const fromSecret = { MASTER_KEY: 'a secret of at least 32 characters' };

const textOf = (file: string) => readFileSync(new URL(`../${file}`, `file://${__filename}`), 'utf8');
const unknownOf = (names: Iterable<string>) => [...names].filter((name) => !variables.has(name) && !ofOthers.has(name));

interface Kustomization {
  readonly configMapGenerator: readonly {
    readonly name: string;
    readonly envs?: string[];
    readonly literals?: string[];
  }[];
}

/** The data of the ConfigMaps that the service reads, of those that a folder makes. */
function configMapsOf(folder: string): Record<string, string> {
  const { configMapGenerator } = parse(textOf(`${folder}/kustomization.yaml`)) as Kustomization;
  const read = configMapGenerator.filter(({ name }) => name === 'tabletalk-defaults' || name === 'tabletalk-settings');
  const lines = read.flatMap(({ envs = [], literals = [] }) => [
    ...literals,
    ...envs.flatMap((file) => textOf(`${folder}/${file}`).split('\n')),
  ]);
  const entries = lines.map((line) => /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line)).filter((match) => match !== null);
  return Object.fromEntries(entries.map(([, name, value]) => [name!, value!]));
}

const overlays = readdirSync('k8s/overlays').filter((overlay) =>
  readdirSync(`k8s/overlays/${overlay}`).includes('values'),
);

describe('the ConfigMaps of Kubernetes', () => {
  const defaults = configMapsOf('k8s/base');

  it.each(overlays)('hold settings of the service with values that it takes: %s', (overlay) => {
    const own = configMapsOf(`k8s/overlays/${overlay}/values`);
    expect(Object.keys(own)).toContain('PROVIDERS');
    expect(unknownOf([...Object.keys(defaults), ...Object.keys(own)])).toEqual([]);
    expect(Object.keys(own).filter((name) => secrets.has(name) && name !== 'DATABASE_URL')).toEqual([]);
    expect(Config.read({ ...defaults, ...own, ...fromSecret }).port).toBe(8000);
  });
});

describe('the settings that Terraform gives out', () => {
  const output = /output "settings" \{[^]*?\n\}/.exec(textOf('terraform/modules/tabletalk/outputs.tf'))![0];
  const given = new Set(output.match(/\b[A-Z][A-Z0-9_]+(?= +=)/g));
  /** `terraform test` proves that they are what comes out. */
  const asserted = new Map(
    [
      ...textOf('terraform/modules/tabletalk/tests/tabletalk.tftest.hcl').matchAll(
        /output\.settings\.(\w+) == "([^"]*)"/g,
      ),
    ].map(([, name, value]) => [name!, value!]),
  );

  it('are settings of the service', () => {
    expect(given.size).toBeGreaterThan(10);
    expect(unknownOf(given)).toEqual([]);
  });

  it('have values that the service takes', () => {
    expect([...asserted.keys()].sort()).toEqual([...given].sort());
    const config = Config.read({ ...Object.fromEntries(asserted), ...fromSecret });
    expect(config).toMatchObject({ providers: 'aws', s3Bucket: asserted.get('S3_BUCKET'), languageModel: 'bedrock' });
  });

  it.each(overlays.filter((overlay) => overlay !== 'dev-embedded'))('are those that the overlay has: %s', (overlay) => {
    const names = Object.keys(configMapsOf(`k8s/overlays/${overlay}/values`));
    expect(names.filter((name) => !given.has(name))).toEqual([]);
  });
});
