const set = (words: string) => new Set(words.trim().split(/\s+/));

/** Words that carry no meaning of their own in a question about tables. */
const FREE =
  set(`a an the of is are was were be been being am do does did done please can could would will you me i we us our my
  your it its they them their this that these those there here in on at to for from with within into onto by as and or
  so then than such some any all also too very just about s t which who whom whose what when where how if have has had
  having get gets got let know want need like tell show give thanks thank hi hello hey actually really exactly
  up out off over through via per both either each every ever yet still already now currently today's
  during while upon among between around across against toward towards et al etc ie eg ok okay well only not no
  many much more most less least few fewer number`);

/** Words that say little: whoever leaves them out is understood as well. */
const LIGHT =
  set(`data dataset database table tables sheet file list record records row rows entry entries column columns field
  information info value values result results report reports overall total general exist exists existing available
  recorded registered listed given found seen located based include included includes including contain contains
  happen happens happened occur occurs occurred take takes took taken place make makes made come comes came go goes went
  have get gets got give see saw use used uses using live lives lived living work works worked working belong belongs
  belonging stand stands fall falls fell fallen lie lies lay sit reach reached reaching involve involved involves
  involving relate related concern concerning regarding respectively different exactly actual actually currently
  current roughly approximately around altogether combined side compare compared question answer figure figures
  breakdown overview summary stats statistics whole entire individual particular specific certain respective
  put placed place places look looking looks say says said call called calls name named names show shown shows
  measured measure counted count together want wanted need needed note known kind kinds sort sorts type types
  thing things one ones way ways case cases time times amount part parts set bring brought
  single average mean per among any letter word words following follows follow down break did
  did brings bring brought catalog catalogue collection develop developed evolve evolved change changed vary varied look instead same only just now about it cause causes causing receive received receives experience experienced contribute contributed travelled traveled travel sailed ran run stayed added entered posted started ended completed finished anything something everything nothing built made produced manufactured released published created launched opened
  represented represents treated treat handled handle served serve attended attend brings generated generate generates cover covers covered witnessed witness saw seen earned
  wrote write writes written writing offer offers offered offering caught catch catches perform performs performed conduct conducts
  conducted carry carried carries deal deals dealt provide provides provided supply supplies supplied keep keeps kept
  breaks goes
  visited visiting because due
  handles handling collect collects collected collecting gather gathers gathered hold holds held host hosts hosted help helps helped
  hand hands handed gave gives giving clear clears cleared clearing sees seeing treat treats burn burns burned burnt shift shifts shifted land lands landed
  tackle tackles tackled process processes processed drive drives drove driven move moves moved stuff everything somewhere
  usually normally generally tend tends often always mostly ourselves themselves
  submitted filed issued logged observed sighted collected sampled done doing has had having been being there their who whose each recently ago yet so far`);

export type Weight = 'free' | 'light' | 'content';

/** How much it matters that a word of a question is explained. */
export function weightOf(word: string): Weight {
  if (FREE.has(word)) return 'free';
  return LIGHT.has(word) ? 'light' : 'content';
}

const WHY = 'The data says what is, not why.';
/** Asks why, unless a column tells reasons. */
const REASONS = /\breasons? (?:for|why|behind)\b/;

const REFUSED: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:please |can you |could you )*(?:delete|drop|remove|insert|update|add|change|modify|alter|truncate|create|rename|set|overwrite|replace|edit|correct|fix|erase|clear|import|upload|send|email|mail|save|write|buy|book|order me)\b/,
    'I only read the data; I cannot change it or do anything else with it.',
  ],
  [/\bwhy\b|\bhow come\b|\bwhat (?:caused|causes)\b/, WHY],
  [
    /\b(?:will|going to|predict|prediction|forecast|expected to|next (?:year|month|week|quarter)|tomorrow|in the future|projected?|likely)\b/,
    'I can only tell what the data holds, not what will be.',
  ],
  [
    /\bshould (?:i|we|you|one)\b|\b(?:recommend|advice|advise|suggest|opinion|do you (?:think|like|believe)|your favou?rite|favou?rite)\b/,
    'That asks for an opinion; I can only tell what the data holds.',
  ],
  [
    /\b(?:who are you|what can you do|what is your name|how are you|tell me a joke|write (?:a|me)|translate)\b/,
    'That is not a question about the tables.',
  ],
];

/** Why a question cannot be one that a table answers; undefined when it may be. */
export function refusalOf(question: string, tellsReasons = false): string | undefined {
  const text = question.toLowerCase().trim();
  if (!tellsReasons && REASONS.test(text)) return WHY;
  return REFUSED.find(([pattern]) => pattern.test(text))?.[1];
}
