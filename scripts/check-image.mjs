// npm run image:check: what can be proved of docker/Dockerfile without a container engine. Its rules; that its
// dependencies hold programs for no other processor; and that what it holds starts as the user that it names, from
// read-only files, answers, serves the pages, and ends on SIGTERM.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installFor, nativeFiles, Offline } from './image/dependencies.mjs';
import {
  commandOf,
  copiedFromContext,
  environmentOf,
  faultsOf,
  finalStage,
  readDockerfile,
} from './image/dockerfile.mjs';
import { tryImage } from './image/start.mjs';
import { build, buildWeb, install, root, serviceArguments } from './lib/prepare.mjs';

/** The status of a check that lacks what it needs on this machine. */
const skippedStatus = 77;

const dockerfile = readDockerfile(readFileSync(join(root, 'docker/Dockerfile'), 'utf8'));
const [program, ...args] = commandOf(dockerfile);
const expected = serviceArguments.map((each) => (each.startsWith(root) ? relative(root, each) : each));

const faults = faultsOf(dockerfile);
for (const path of copiedFromContext(dockerfile)) {
  if (!existsSync(join(root, path))) faults.push(`COPY ${path}: there is no such file`);
}
if (program !== 'node' || args.join(' ') !== expected.join(' '))
  faults.push(`the image runs "${program} ${args.join(' ')}", npm start "node ${expected.join(' ')}"`);
end(faults);

install();
build();
buildWeb();
try {
  for (const target of ['arm64', 'amd64']) end(faultsOfDependencies(target));
} catch (error) {
  if (!(error instanceof Offline)) throw error;
  console.log(`The registry of npm cannot be reached, so the dependencies of the image cannot be installed.`);
  process.exit(skippedStatus);
}

const own = { arm64: 'arm64', x64: 'amd64' }[process.arch];
if (process.platform !== 'linux' || own === undefined) {
  console.log(`The image is for Linux; what it holds does not start on ${process.platform}-${process.arch}.`);
  process.exit(skippedStatus);
}
const user = Number.parseInt(finalStage(dockerfile).findLast(({ name }) => name === 'USER').text, 10);
try {
  await tryImage({ dependencies: installFor(own), environment: environmentOf(dockerfile), args, user });
} catch (error) {
  end([`what the image holds does not work: ${error.message}`]);
}
console.log('What the image holds starts, answers and ends as it should.');

function faultsOfDependencies(target) {
  const { all, foreign } = nativeFiles(join(installFor(target), 'node_modules'), target);
  console.log(`${target}: ${all.length} native files, ${foreign.length} for another processor`);
  if (all.length === 0) return [`the dependencies for ${target} hold no native file, yet DuckDB is one`];
  return foreign.map(({ path }) => `${relative(root, path)} is not for ${target}`);
}

function end(found) {
  if (found.length === 0) return;
  console.error(found.join('\n'));
  process.exit(1);
}
