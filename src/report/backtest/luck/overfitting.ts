import type { Luck } from '../../../evaluation/luck/luck.js';
import { formatCount, formatNumber, formatPercent, MISSING } from '../../format.js';
import type { LuckStatement } from './statement.js';

/** Whether choosing the best in one part of the record helps in the other. */
export function overfittingStatement({ overfitting, trials: { aligned }, sessions }: Luck): LuckStatement {
  const [name, source] = ['Probability of overfitting', 'CSCV: Bailey, Borwein, López de Prado and Zhu (2017)'];
  if (overfitting === null) {
    const why = aligned < 2 ? 'it needs two trials or more on the same sessions' : `no two trials earned different returns, or ${formatCount(sessions, 'session')} are too few to be cut into blocks`;
    return { name, value: MISSING, sentence: `Not defined: ${why}.`, source };
  }
  const { probability, trials, blocks, probabilityOfLoss } = overfitting;
  return {
    name, value: formatPercent(probability, 0), source,
    sentence: `The record was cut into ${formatNumber(blocks)} blocks and halved in every possible way. In ${formatPercent(probability, 0)} of the halvings the best of ${formatCount(trials, 'trial')} (those that earned the very same counted once) in one half was no better than the middle one in the other; in ${formatPercent(probabilityOfLoss, 0)} it lost there.`,
  };
}
