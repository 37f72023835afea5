const VERBS = new Set(
  `sell sells sold buy buys bought pay pays paid spend spends spent make makes made earn earns get gets got give gives gave given
  take takes took taken go goes went come comes came leave leaves left live lives work works win wins won lose loses lost
  build builds built write writes wrote written begin begins began start starts run runs ran hold holds held born die dies
  lend lends lent borrow borrows receive receives travel travels stay stays join joins order orders cost costs happen happens
  occur occurs land lands see sees put puts send sends hit hits`.split(/\s+/),
);

/** Whether a word may be the verb of a question, rather than the name of a thing. */
export function isVerb(word: string): boolean {
  return VERBS.has(word) || /[a-z]{3,}ed$/.test(word);
}
