import type { Luck } from '../../../evaluation/luck/luck.js';
import { formatCount, formatNumber, MISSING } from '../../format.js';
import { chanceText } from '../chance-text.js';
import type { LuckStatement } from './statement.js';

/** The Sharpe ratio with how far chance may have moved it; `hasRate`: whether a rate without risk was taken off. */
export function sharpeStatement({ sharpe, sharpeInterval, blockLength, sessions }: Luck, hasRate: boolean): LuckStatement {
  const source = 'Sharpe (1994); interval: Ledoit and Wolf (2008)';
  if (sharpe === null) return { name: 'Sharpe ratio', value: MISSING, sentence: `There is no Sharpe ratio: ${noSharpe(sessions)}.`, source };
  const blocks = blockLength === null ? '' : `, blocks of ${formatCount(blockLength, 'session')}`;
  const interval = sharpeInterval === null ? 'The record is too short for an interval.'
    : `A record as long as this one leaves it open from ${formatNumber(sharpeInterval[0], 2)} to ${formatNumber(sharpeInterval[1], 2)} (95% interval by studentised block bootstrap${blocks}).`;
  return { name: 'Sharpe ratio', value: formatNumber(sharpe, 2), sentence: `${formatNumber(sharpe, 2)} a year over ${formatCount(sessions, 'session')}, ${hasRate ? 'of returns less the rate without risk' : 'the rate without risk taken to be 0'}. ${interval}`, source };
}

/** Whether there would be anything, had nothing else been tried. */
export function probabilisticStatement({ probabilistic, sharpe, sessions }: Luck): LuckStatement {
  const [name, source] = ['Probabilistic Sharpe ratio', 'Bailey and López de Prado (2012)'];
  if (probabilistic === null) return { name, value: MISSING, sentence: `Not defined: ${sharpe === null ? noSharpe(sessions) : NO_VARIANCE}.`, source };
  return { name, value: chanceText(probabilistic), sentence: `Had nothing else been tried, the true Sharpe ratio would be above 0 with probability ${chanceText(probabilistic)}, given the length of the record and the skewness and tails of its returns.`, source };
}

/** Why moments can leave nothing to judge by. */
export const NO_VARIANCE = 'skewness and tails of the returns leave no variance of the Sharpe ratio (Mertens, 2002)';

/** Why there is no Sharpe ratio. */
export function noSharpe(sessions: number): string {
  return sessions < 2 ? `${formatCount(sessions, 'return')} ${sessions === 1 ? 'is' : 'are'} too few` : 'the returns do not vary';
}
