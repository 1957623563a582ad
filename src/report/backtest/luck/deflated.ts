import type { Luck } from '../../../evaluation/luck/luck.js';
import { formatCount, formatNumber, MISSING } from '../../format.js';
import { chanceText } from '../chance-text.js';
import { NO_VARIANCE, noSharpe } from './sharpe.js';
import type { LuckStatement } from './statement.js';

const LEVEL = 0.05;

/** Chance of luck: 1 less the deflated Sharpe ratio; `null` where that is not defined, or there is no success to explain. */
export function chanceOfLuck({ deflated, sharpe }: Luck): number | null {
  return (sharpe !== null && sharpe <= 0) || deflated === null || deflated.probability === null ? null : 1 - deflated.probability;
}

/** The sentence that everything here leads to. */
export function luckHeadline(luck: Luck): string {
  const chance = chanceOfLuck(luck);
  const { count } = luck.trials;
  if (luck.sharpe !== null && luck.sharpe <= 0) return `After ${formatCount(count, 'trial')}, there is no success that luck would have to explain: the Sharpe ratio is ${formatNumber(luck.sharpe, 2)}.`;
  if (chance === null) return `How likely this is luck cannot be said: ${whyUndefined(luck)}.`;
  return `After ${formatCount(count, 'trial')}, the chance that this Sharpe ratio is luck is ${chanceText(chance)}.`;
}

/** What the headline means, exactly, and what it does not. */
export function luckMeaning(luck: Luck): string | null {
  const chance = chanceOfLuck(luck);
  if (chance === null || luck.sharpe === null || luck.sharpe <= 0) return null;
  const { count } = luck.trials;
  const threshold = formatNumber(luck.deflated!.threshold, 2);
  const bar = count === 1 ? '0, of no skill at all,' : `only the ${threshold} that the luckiest of ${formatCount(count, 'trial')} without skill is expected to show`;
  const verdict = chance <= LEVEL ? 'By this test luck alone is an unlikely explanation, at the 5% level.' : 'By this test it is not told apart from luck, at the 5% level.';
  return `That is, a strategy whose true Sharpe ratio is ${bar} would come out at ${formatNumber(luck.sharpe, 2)} or more on a record as long as this one with chance ${chanceText(chance)} (1 − deflated Sharpe ratio). ${verdict}`;
}

export function deflatedStatement(luck: Luck): LuckStatement {
  const [name, source] = ['Deflated Sharpe ratio', 'Bailey and López de Prado (2014)'];
  const { deflated, trials: { count } } = luck;
  if (deflated === null || deflated.probability === null) return { name, value: MISSING, sentence: `Not defined: ${whyUndefined(luck)}.`, source };
  const bar = count === 1 ? 'above 0: with a single trial nothing is taken off' : `above the ${formatNumber(deflated.threshold, 2)} that the luckiest of ${formatCount(count, 'trial')} without skill is expected to show`;
  return { name, value: chanceText(deflated.probability), sentence: `Probability ${chanceText(deflated.probability)} that the true Sharpe ratio is ${bar}.`, source };
}

function whyUndefined({ sharpe, sessions, trials: { count }, deflated }: Luck): string {
  if (sharpe === null) return noSharpe(sessions);
  if (deflated !== null) return NO_VARIANCE;
  return `of ${formatCount(count, 'trial')} too few have a Sharpe ratio to tell how far luck spreads them`;
}
