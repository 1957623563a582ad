/** Units whose values are shown in percent. */
export const PERCENT_UNITS: ReadonlySet<string> = new Set(['return', 'fraction', 'annualized volatility', 'annualized return', 'fraction per year', 'rank']);

const WORDS: Readonly<Record<string, string>> = {
  return: 'simple return, shown in percent',
  ratio: 'ratio of two quantities of the same kind',
  fraction: 'fraction, shown in percent',
  'annualized volatility': 'standard deviation of returns a year, shown in percent',
  'annualized return': 'return a year, shown in percent',
  'z-score': 'standard deviations from the mean',
  rank: 'share of the compared values that lie below, shown in percent',
  correlation: 'correlation, −1 to 1',
  sessions: 'number of sessions',
  days: 'number of days',
  flag: '0 (no) or 1 (yes)',
  'log money': 'natural logarithm of quote currency, shown as the amount',
  'index points': 'points of an index',
  'fraction per year': 'fraction a year, shown in percent',
  sign: '−1, 0 or 1',
  score: 'own scale from −1 to 1',
};

/** What a unit means and how its values are shown; `null` for one that is not known. */
export function unitMeaning(unit: string): string | null {
  return Object.hasOwn(WORDS, unit) ? WORDS[unit] : null;
}

/** Title of an axis: what is counted, and that it is in percent or an amount. */
export function axisTitle(unit: string): string {
  if (unit === 'log money') return 'amount in quote currency';
  return PERCENT_UNITS.has(unit) ? `${unit}, %` : unit;
}
