// Reads a Dockerfile, and says what is wrong with it.

/** Its instructions in order: `{ line, name, text }`, continued lines joined, comments left out. */
export function readDockerfile(source) {
  const instructions = [];
  let open;
  for (const [index, line] of source.split('\n').entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const part = line.replace(/\\\s*$/, '').trim();
    if (open) open.text += ` ${part}`;
    else {
      const [, name, text] = /^(\w+)\s*(.*)$/.exec(part);
      open = { line: index + 1, name: name.toUpperCase(), text };
      instructions.push(open);
    }
    if (!/\\\s*$/.test(line)) open = undefined;
  }
  return instructions;
}

/** The instructions from the last FROM on: what the image itself is. */
export function finalStage(instructions) {
  return instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
}

/** The variables that the image sets. */
export function environmentOf(instructions) {
  const pairs = finalStage(instructions)
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ text }) => [...text.matchAll(/(\w+)=("[^"]*"|\S+)/g)]);
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value.replaceAll('"', '')]));
}

/** What the image runs, as a list of arguments. */
export function commandOf(instructions) {
  const last = (wanted) => finalStage(instructions).findLast(({ name }) => name === wanted)?.text ?? '[]';
  return ['ENTRYPOINT', 'CMD'].map(last).flatMap((text) => (isJsonList(text) ? JSON.parse(text) : text));
}

/** Files and folders of the build context that are copied. */
export function copiedFromContext(instructions) {
  return instructions
    .filter(({ name, text }) => name === 'COPY' && !text.includes('--from='))
    .flatMap(({ text }) => text.split(/\s+/).slice(0, -1));
}

/** Each fault with its line. */
export function faultsOf(instructions) {
  return [
    ...instructions.flatMap((each) => faultsOfInstruction(each).map((fault) => `line ${each.line}: ${fault}`)),
    ...faultsOfBases(instructions),
    ...faultsOfImage(finalStage(instructions)),
  ];
}

function faultsOfInstruction({ name, text }) {
  const faults = [];
  if (name === 'ADD') faults.push('COPY says what happens; ADD also fetches and unpacks');
  if (name === 'RUN' && /npm["',\s]+(install|i)\b/.test(text)) faults.push('npm ci installs what the lock file says');
  if (['RUN', 'CMD', 'ENTRYPOINT'].includes(name) && !isJsonList(text)) faults.push(`${name} needs a shell`);
  if (name === 'HEALTHCHECK' && !isJsonList(text.replace(/^.*CMD\s+/, ''))) faults.push('HEALTHCHECK needs a shell');
  if (['ENV', 'ARG'].includes(name) && /SECRET|PASSWORD|TOKEN|_KEY/i.test(text)) faults.push('a secret in the image');
  return faults;
}

/** Every image that is built on has a fixed version. */
function faultsOfBases(instructions) {
  const defaults = Object.fromEntries(
    instructions.filter(({ name }) => name === 'ARG').map(({ text }) => text.split('=')),
  );
  const stages = new Set();
  const faults = [];
  for (const { line, text } of instructions.filter(({ name }) => name === 'FROM')) {
    const [, image, stage] = /^(?:--\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?$/i.exec(text);
    const base = image.replace(/\$\{?(\w+)\}?/g, (_, variable) => defaults[variable] ?? '');
    const isFixed = stages.has(base) || /@sha256:[0-9a-f]{64}$/.test(base) || /:\d+\.\d+\.\d+\b/.test(base);
    if (!isFixed) faults.push(`line ${line}: ${base} names no full version`);
    if (stage) stages.add(stage);
  }
  return faults;
}

function faultsOfImage(stage) {
  const user = stage.findLast(({ name }) => name === 'USER')?.text ?? 'root';
  const faults = [];
  if (!/^[1-9]\d*(:\d+)?$/.test(user)) faults.push(`USER ${user} is not the number of a user without privileges`);
  if (stage.some(({ name }) => name === 'RUN'))
    faults.push('RUN in the last stage would need emulation of its processor');
  if (!stage.some(({ name }) => name === 'HEALTHCHECK')) faults.push('there is no HEALTHCHECK');
  if (/npm|npx/.test(commandOf(stage).join(' '))) faults.push('npm does not pass SIGTERM on: CMD must name node');
  for (const label of ['title', 'version', 'revision', 'licenses']) {
    if (!stage.some(({ text }) => text.includes(`org.opencontainers.image.${label}=`)))
      faults.push(`the label org.opencontainers.image.${label} is missing`);
  }
  return faults;
}

function isJsonList(text) {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
