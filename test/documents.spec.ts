import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { settings } from '../src/config/settings.js';

const root = process.cwd();
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

const readmes = readdirSync(join(root, 'terraform'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('README.md'))
  .map((file) => `terraform/${file}`);
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'k8s/README.md',
  ...readmes,
  ...readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** The addresses that GitHub gives to headings. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => title!);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Files that Terraform or the reader makes. */
const madeByOperators = /^terraform\/environments\/\w+\/\.terraform\.lock\.hcl$/;

/** Decisions go by their number. */
function isThere(path: string): boolean {
  if (existsSync(join(root, path))) return true;
  const [folder, name] = [dirname(path), basename(path)];
  return /^\d{4}$/.test(name) && readdirSync(join(root, folder)).some((each) => each.startsWith(`${name}-`));
}

/** Links that lead nowhere. */
function brokenLinks(file: string): string[] {
  const links = [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return links
    .filter((target) => !/^(https?:|mailto:)/.test(target))
    .filter((target) => {
      const [path, anchor] = target.split('#') as [string, string | undefined];
      const found = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(root, found))) return true;
      return anchor !== undefined && !anchorsOf(textOf(found)).has(anchor);
    });
}

/** Paths of this repository that a text names, those with placeholders left out. */
function pathsIn(text: string): string[] {
  const named = text.matchAll(
    /(?<![\w./:@-])((?:k8s|terraform|docker|scripts|docs|src|test|bench|demo|eval|\.github)\/[\w./*-]*\w)/g,
  );
  return [...new Set([...named].map(([, path]) => path!))].filter((path) => !path.includes('*'));
}

describe.each(documents)('%s', (file) => {
  it('links to what is there', () => {
    expect(brokenLinks(file)).toEqual([]);
  });

  it('names scripts and files that are there', () => {
    const text = textOf(file);
    const run = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
    expect(run.filter((script) => !(script in scripts))).toEqual([]);
    expect(pathsIn(text).filter((path) => !madeByOperators.test(path) && !isThere(path))).toEqual([]);
  });
});

describe('settings', () => {
  const variables = new Set(Object.values(settings).map(({ variable }) => variable));
  const ofOthers = /^(AWS_|NODE_|PG|DOCKER_|TF_)/;

  it.each(['README.md', 'docs/aws.md', 'k8s/README.md', 'terraform/README.md'])(
    'that are named are there: %s',
    (file) => {
      const named = [...textOf(file).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)].map(
        ([, name]) => name!,
      );
      expect([...new Set(named)].filter((name) => !variables.has(name) && !ofOthers.test(name))).toEqual([]);
    },
  );
});

describe('the way to AWS', () => {
  const ways = ['docs/aws.md', 'k8s/README.md', ...readmes].map((file) => [file, textOf(file)] as const);
  const outputs = textOf('terraform/modules/tabletalk/outputs.tf');
  const membersOf = (name: string) => {
    const [body] = new RegExp(`output "${name}" \\{[^]*?\\n\\}`).exec(outputs) ?? [''];
    return new Set([...body.matchAll(/^\s+(?:\{ )?(\w+) +=/gm)].map(([, member]) => member!));
  };

  it.each(ways)('reads what Terraform gives out: %s', (_, text) => {
    const read = [...text.matchAll(/output -json (\w+) \| jq (?:-r )?'?\.(\w+)/g)].map(([, name, member]) => ({
      name,
      member,
    }));
    expect(read.filter(({ name, member }) => !membersOf(name!).has(member!))).toEqual([]);
  });

  it.each(['dev', 'staging', 'production'])('finds every output in the environment %s', (environment) => {
    const own = textOf(`terraform/environments/${environment}/outputs.tf`);
    for (const [, name] of outputs.matchAll(/^output "(\w+)"/gm)) expect(own).toContain(`module.tabletalk.${name}`);
  });

  it('sets the variables that the workflow reads, and runs workflows that are there', () => {
    const text = textOf('docs/aws.md');
    const set = [...text.matchAll(/gh variable set --env dev (\w+)/g)].map(([, name]) => name!);
    const read = [...textOf('.github/workflows/deploy.yaml').matchAll(/vars\.(\w+)/g)].map(([, name]) => name!);
    expect([...new Set(read)].sort()).toEqual(set.sort());
    for (const [, file] of text.matchAll(/gh workflow run (\S+)/g))
      expect(existsSync(join(root, '.github/workflows', file!))).toBe(true);
  });

  it('looks for the setup token in the words in which it is printed', () => {
    const printed = textOf('src/serve.ts');
    for (const [, words] of textOf('docs/aws.md').matchAll(/grep '(#token=)setup-'/g)) expect(printed).toContain(words);
    for (const [, words] of textOf('k8s/README.md').matchAll(/grep -A1 '([^']+)'/g)) expect(printed).toContain(words);
  });

  it('has the Secrets and ConfigMaps made that the manifests ask for', () => {
    const manifests = ['k8s/base', 'k8s/components/iam-user', 'k8s/components/database-certificates'].flatMap(
      (folder) => readdirSync(join(root, folder)).map((file) => textOf(`${folder}/${file}`)),
    );
    const made = ways.flatMap(([, text]) => [...text.matchAll(/create (?:secret generic|configmap) (\S+)/g)]);
    expect(made.length).toBeGreaterThan(2);
    for (const [, name] of made) expect(manifests.join('\n')).toContain(name);
  });
});
