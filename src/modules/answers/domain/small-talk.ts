const greeting =
  /^(?:hi|hello|hey|hallo|howdy|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|all|everyone|tabletalk))?$/;
const thanks =
  /^(?:(?:many )?thanks|thank you|thx|cheers|great|perfect|nice|cool|awesome|ok(?:ay)?)(?: (?:a lot|so much|very much|you|thanks|thank you))*$/;
const farewell = /^(?:bye|goodbye|see you|good night)(?: (?:bye|then|later))?$/;
const help =
  /^(?:help|help me|what can (?:you|i) (?:do|ask)(?: (?:you|here|for me))?|who are you|what are you|how (?:does this|do you) work|how can you help(?: me)?|what is this)$/;

export type SmallTalk = 'greeting' | 'thanks' | 'farewell' | 'help';

/** What is said without asking anything of the data. */
export function smallTalkOf(said: string): SmallTalk | undefined {
  const words = said
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{Letter}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (greeting.test(words)) return 'greeting';
  if (thanks.test(words)) return 'thanks';
  if (farewell.test(words)) return 'farewell';
  return help.test(words) ? 'help' : undefined;
}
