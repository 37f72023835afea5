/** The forms of verbs that, with a particle, mean something else. */
const FORMS = `
come comes came coming
send sends sent sending
bring brings brought bringing
wave waves waved waving
bump bumps bumped bumping
kick kicks kicked kicking
take takes took taken taking
give gives gave given giving
hand hands handed handing
break breaks broke broken breaking
show shows showed shown showing
turn turns turned turning
drop drops dropped dropping
pull pulls pulled pulling
sign signs signed signing
call calls called calling
hang hangs hung hanging
pick picks picked picking
put puts putting
set sets setting
lay lays laid laying
let lets letting
pass passes passed passing
run runs ran running
pay pays paid paying
write writes wrote written writing
sort sorts sorted sorting
deal deals dealt dealing
knock knocks knocked knocking
fall falls fell fallen falling
go goes went gone going
get gets got gotten getting
check checks checked checking
log logs logged logging
shut shuts shutting
close closes closed closing
start starts started starting
throw throws threw thrown throwing
back backs backed backing
fill fills filled filling
carry carries carried carrying
walk walks walked walking
move moves moved moving
cut cuts cutting
top tops topped topping
end ends ended ending
sell sells sold selling
make makes made making
find finds found finding
look looks looked looking
`;

/** What a verb with its particle means, in the word that tables use. */
const MEANINGS: Readonly<Record<string, string>> = {
  returned: 'come back|send back|bring back|take back|give back|hand back',
  failure: 'break down|go down|fall over',
  attended: 'show up|turn up',
  withdrawn: 'drop out|pull out',
  noshow:
    'not show up|not turn up|never show up|never showed up|never turn up|never turned up|fail to show up|failed to show up|failed to turn up',
  defaulted: 'fail to pay back|failed to pay back|never pay back|never paid back|not pay back|not paid back',
  survived: 'make it|pull through',
  repaid: 'pay back',
  registered: 'sign up|log on|sign on',
  cancelled: 'call off|fall through|back out',
  abandoned: 'hang up|ring off|walk away|give up',
  answered: 'pick up',
  wasted: 'throw away|go to waste',
  reimbursed: 'get their money back|get money back|get your money back|get our money back',
  postponed: 'put off|put back|push back',
  installed: 'put in',
  dismissed: 'lay off|let go',
  died: 'pass away',
  settled: 'pay off',
  paid: 'pay up',
  rejected: 'turn down|knock back|turn away',
  approved: 'wave through',
  escalated: 'bump up|pass up|kick up',
  transferred: 'put through|pass on|hand over',
  wrong: 'go wrong',
  issued: 'give out|hand out|write up|write out',
  discount: 'knock off',
  resolved: 'sort out|deal with',
  closed: 'shut down|close down',
  opened: 'start up|open up',
  scrapped: 'throw away|throw out',
  completed: 'fill in|fill out|carry out',
  arrived: 'check in|come in|get in',
  departed: 'check out|set off',
  relocated: 'move out',
  overtime: 'run over',
  late: 'run late|come late|show up late|turn up late|arrive late|run behind',
  duration: 'go on for',
  from: 'come out of|come from|get out of',
};

const forms = new Map<string, readonly string[]>();
for (const line of FORMS.trim().split('\n')) {
  const all = line.split(' ');
  forms.set(all[0]!, all);
}

interface PhrasalVerb {
  readonly words: readonly string[];
  readonly meaning: string;
}

const byFirstWord = new Map<string, PhrasalVerb[]>();
for (const [meaning, phrases] of Object.entries(MEANINGS)) {
  for (const phrase of phrases.split('|')) {
    const [verb = '', ...rest] = phrase.split(' ');
    for (const form of forms.get(verb) ?? [verb]) {
      byFirstWord.set(form, [...(byFirstWord.get(form) ?? []), { words: [form, ...rest], meaning }]);
    }
  }
}
for (const verbs of byFirstWord.values()) verbs.sort((one, other) => other.words.length - one.words.length);

const OBJECTS = new Set(['us', 'them', 'it', 'me', 'you', 'him', 'her']);

/** What the verb with particle that the words begin with means, the longest one, and how many words it takes: `pay us back`. */
export function phrasalVerb(
  words: readonly string[],
): { readonly meaning: string; readonly length: number } | undefined {
  for (const { words: wanted, meaning } of byFirstWord.get(words[0] ?? '') ?? []) {
    let length = 0;
    const fits = wanted.every((word, index) => {
      if (index === wanted.length - 1 && index > 0 && words[length] !== word && OBJECTS.has(words[length]!))
        length += 1;
      return words[length++] === word;
    });
    if (fits) return { meaning, length };
  }
  return undefined;
}
