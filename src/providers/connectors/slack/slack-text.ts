const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Ids of the users that a text in Slack's markup mentions. */
export function mentionedUsers(text: string): string[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map(([, id]) => id!);
}

/** Slack's markup as plain text: names in place of ids, addresses behind what they are called. */
export function plainText(markup: string, nameOf: (userId: string) => string): string {
  return markup
    .replace(/<([^<>]+)>/g, (_, inside: string) => referenceText(inside, nameOf))
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity]!)
    .trim();
}

function referenceText(inside: string, nameOf: (userId: string) => string): string {
  const [target = '', ...labels] = inside.split('|');
  const label = labels.join('|');
  if (target.startsWith('@')) return `@${label || nameOf(target.slice(1))}`;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!')) return label || `@${target.slice(1).split('^')[0]}`;
  const address = target.replace(/^mailto:/, '');
  return label === '' || label === address ? address : `${label} (${address})`;
}
