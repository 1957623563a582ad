import type { Luck } from '../../../evaluation/luck/luck.js';
import { formatCount, formatPercent, MISSING } from '../../format.js';
import { pEquals } from '../chance-text.js';
import { noSharpe } from './sharpe.js';
import type { LuckStatement } from './statement.js';

/** How much of the Sharpe ratio is left once multiple testing is allowed for. */
export function haircutStatement({ haircut, sharpe, sessions, trials: { count } }: Luck): LuckStatement {
  const [name, source] = ['Haircut', 'Harvey and Liu (2015); Holm (1979)'];
  if (haircut === null || haircut.holm.haircut === null) return { name, value: MISSING, sentence: `Not defined: ${sharpe === null ? noSharpe(sessions) : 'there is no Sharpe ratio to cut'}.`, source };
  const { holm, bonferroni, benjaminiYekutieli } = haircut;
  const share = ({ haircut: cut }: { haircut: number | null }): string => (cut === null ? MISSING : formatPercent(cut, 0));
  return {
    name, value: share(holm), source,
    sentence: `Among ${formatCount(count, 'trial')}, one without a Sharpe ratio counting as one of 0, ${share(holm)} of this one is to be taken off by Holm's rule (${share(bonferroni)} by Bonferroni, ${share(benjaminiYekutieli)} by Benjamini and Yekutieli): alone it has ${pEquals(haircut.pValue)} against a true Sharpe ratio of 0, among all of them ${pEquals(holm.pValue)}.`,
  };
}
