import { createRequire } from 'node:module';
import type winkNlp from 'wink-nlp';
import type { Model, PartOfSpeech } from 'wink-nlp';
import type { Phrase, TaggedSentence, Tagger } from '../../../interviews/extractive/sentence.js';

const require = createRequire(import.meta.url);
const createNlp = require('wink-nlp') as typeof winkNlp;
const model = require('wink-eng-lite-web-model') as Model;
const nlp = createNlp(model, ['sbd', 'pos', 'sentiment', 'negation']);
const { its } = nlp;

interface Token {
  readonly text: string;
  readonly normal: string;
  readonly lemma: string;
  readonly tag: PartOfSpeech;
  readonly isStop: boolean;
  readonly isWord: boolean;
}

/** What everybody says about everything. */
const empty = new Set(
  (
    'be have do say tell get go come know think see look want make take put give let use try mean guess suppose thing ' +
    'stuff something anything everything nothing somebody anybody everybody lot bit kind sort way like well really ' +
    'actually maybe yeah yes no okay oh uh um one two first good great much many other same own such part time day ' +
    'year month week hour minute sir madam mister mr mrs people man woman person question answer thank hello ' +
    'course fact word plenty set'
  ).split(' '),
);

/** Words that the lexicon takes for feelings, and that people use without any. */
const unfelt =
  /\bborn\b|^(?:well|god|oh god|okay|ok|yes|yeah|no)\b,?|\bpretty(?= \w)|\blike(?=,)|\bkind(?= of)|\bsort(?= of)/gi;
const mostPhraseWords = 3;

/** Sentences with what the tagger of wink sees in them. Their offsets count in the text. */
export const tag: Tagger = (text) => {
  const document = nlp.readDoc(text);
  const tokens = document.tokens();
  const values = tokens.out();
  const normals = tokens.out(its.normal);
  const lemmas = tokens.out(its.lemma as unknown as typeof its.normal);
  const tags = tokens.out(its.pos) as PartOfSpeech[];
  const stops = tokens.out(its.stopWordFlag) as unknown as boolean[];
  const types = tokens.out(its.type);
  const spaces = tokens.out(its.precedingSpaces);
  const starts: number[] = [];
  let offset = 0;
  for (const [index, value] of values.entries()) {
    offset += spaces[index]!.length;
    starts.push(offset);
    offset += value.length;
  }
  const spans = document.sentences().out(its.span) as unknown as [number, number][];
  return spans.map(([first, last]) => {
    const within = values.slice(first, last + 1).map((value, index): Token => {
      const at = first + index;
      return {
        text: value,
        normal: normals[at]!,
        lemma: lemmas[at]!.toLowerCase(),
        tag: tags[at]!,
        isStop: stops[at]!,
        isWord: types[at] === 'word',
      };
    });
    const start = starts[first]!;
    const end = starts[last]! + values[last]!.length;
    return taggedOf(text.slice(start, end), start, end, within);
  });
};

function taggedOf(text: string, start: number, end: number, tokens: readonly Token[]): TaggedSentence {
  return {
    start,
    end,
    words: tokens.filter(({ isWord }) => isWord).length,
    terms: tokens.filter(tells).map(({ lemma }) => lemma),
    phrases: phrasesIn(tokens),
    sentiment: feelingOf(text),
    isQuestion: /\?["'”’)\]]*$/.test(text),
  };
}

function feelingOf(text: string): number {
  const felt = text.replaceAll(unfelt, '').trim();
  return felt === '' ? 0 : (nlp.readDoc(felt).out(its.sentiment) as unknown as number);
}

const telling: ReadonlySet<PartOfSpeech> = new Set(['NOUN', 'PROPN', 'VERB', 'ADJ']);

function tells({ lemma, tag: part, isStop, isWord }: Token): boolean {
  return isWord && !isStop && telling.has(part) && lemma.length > 2 && !empty.has(lemma) && /^[\p{L}-]+$/u.test(lemma);
}

/** Runs of adjectives and nouns that end in a noun. */
function phrasesIn(tokens: readonly Token[]): Phrase[] {
  const phrases: Phrase[] = [];
  let run: Token[] = [];
  const close = () => {
    while (run.length > 0 && run.at(-1)!.tag === 'ADJ') run.pop();
    const words = run.slice(-mostPhraseWords);
    if (words.length > 0) phrases.push({ key: words.map(({ lemma }) => lemma).join(' '), text: said(words) });
    run = [];
  };
  for (const token of tokens) {
    const fits = tells(token) && token.tag !== 'VERB';
    if (!fits || (token.tag === 'ADJ' && run.some(({ tag: part }) => part !== 'ADJ'))) close();
    if (fits) run.push(token);
  }
  close();
  return phrases;
}

function said(words: readonly Token[]): string {
  return words.map(({ tag: part, text, normal }) => (part === 'PROPN' ? text : normal)).join(' ');
}
