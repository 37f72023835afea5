import type { Setting } from './setting.js';
import { settings } from './settings.js';

/** The text of `.env.example`: every setting with its meaning and its default, commented out. */
export function renderEnvExample(): string {
  const entries = Object.values<Setting<unknown>>(settings).map(({ variable, description, fallback, secret }) => {
    const note = secret ? `${description} Secret: never commit it.` : description;
    return `${wrap(note)}\n# ${variable}=${fallback ?? ''}`;
  });
  return `# Settings of Tabletalk. Generated from src/config/settings.ts by "npm run generate"; do not edit.\n# Copy to .env and remove the "# " before a setting to change it.\n\n${entries.join('\n\n')}\n`;
}

function wrap(sentence: string): string {
  const lines = ['#'];
  for (const word of sentence.split(' ')) {
    if (lines.at(-1)!.length + word.length > 100) lines.push('#');
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.join('\n');
}
