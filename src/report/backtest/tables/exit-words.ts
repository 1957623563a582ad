const WORDS: Readonly<Record<string, string>> = {
  stop: 'Stop', target: 'Target', time: 'Time was over', exit: 'Sold by decision', reduce: 'Cut by decision', rebalance: 'Weight fell to nothing', delisted: 'No longer traded', 'split-cash': 'Fraction after a split',
};

/** What a trade ended for, in words. */
export function exitWords(why: string): string {
  return Object.hasOwn(WORDS, why) ? WORDS[why] : why.replaceAll('-', ' ');
}
