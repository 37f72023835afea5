import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import { inertText } from './inert-text.js';
import { listed } from './plan-words.js';
import type { SmallTalk } from './small-talk.js';

/** Says hello, and what can be asked. */
export function saySmallTalk(talk: SmallTalk, tables: readonly CatalogTable[]): string {
  switch (talk) {
    case 'greeting':
      return `Hello! ${offer(tables)}`;
    case 'thanks':
      return 'You are welcome. Ask on whenever you like.';
    case 'farewell':
      return 'Goodbye!';
    case 'help':
      return `I answer questions from the data of this workspace: counts, totals, averages, comparisons, rankings and lists. Every number comes from a query that you can look at. ${offer(tables)}`;
  }
}

function offer(tables: readonly CatalogTable[]): string {
  if (tables.length === 0) return 'There are no tables yet: upload a CSV file and publish it, then ask.';
  const names = tables.slice(0, 5).map(({ table }) => inertText(table));
  const more = tables.length > names.length ? ', among others' : '';
  return `You can ask me about ${listed(names)}${more}; "What tables are there?" lists what I know.`;
}
