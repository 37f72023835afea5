// What an overlay comes to: the objects that `kubectl apply --kustomize` would send.
import { spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { root } from '../lib/prepare.mjs';

const renderer = [
  ['kubectl', ['kustomize']],
  ['kustomize', ['build']],
].find(([program]) => spawnSync(program, ['--help']).status === 0);

export function canRender() {
  return renderer !== undefined;
}

/** The objects, and what Kustomize or the YAML parser has to say against them. */
export function render(folder) {
  const [program, args] = renderer;
  const { status, stdout, stderr } = spawnSync(program, [...args, folder], { cwd: root, encoding: 'utf8' });
  if (status !== 0) return { objects: [], faults: [stderr.trim()] };
  const documents = parseAllDocuments(stdout, { uniqueKeys: true });
  return {
    objects: documents.map((document) => document.toJS()),
    faults: documents.flatMap(({ errors }) => errors.map(({ message }) => message)),
  };
}
