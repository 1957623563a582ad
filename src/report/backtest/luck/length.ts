import { SESSIONS_PER_YEAR } from '../../../core/sessions-per-year.js';
import type { Luck } from '../../../evaluation/luck/luck.js';
import { formatCount, formatNumber, MISSING } from '../../format.js';
import { noSharpe } from './sharpe.js';
import type { LuckStatement } from './statement.js';

/** Whether the record is long enough for its Sharpe ratio, were it the only one. */
export function trackRecordStatement({ minimumTrackRecord: needed, sessions, sharpe }: Luck): LuckStatement {
  const [name, source] = ['Minimum track record', 'Bailey and López de Prado (2012)'];
  if (needed === null) return { name, value: MISSING, sentence: `No length of record would show a Sharpe ratio above 0: ${sharpe === null ? noSharpe(sessions) : `it is ${formatNumber(sharpe, 2)}`}.`, source };
  const least = Math.ceil(needed);
  const verdict = sessions >= least ? 'long enough' : 'too short';
  return { name, value: formatCount(least, 'session'), sentence: `To be above 0 with 95% confidence, a record with such returns needs ${formatCount(least, 'session')}; this one has ${formatNumber(sessions)}, which is ${verdict}. Other trials are not allowed for.`, source };
}

/** How long the record must be so that luck among so many trials is not expected to do as well. */
export function backtestLengthStatement({ minimumBacktestYears: needed, sessions, sharpe, trials: { count } }: Luck): LuckStatement {
  const [name, source] = ['Minimum backtest length', 'Bailey, Borwein, López de Prado and Zhu (2014)'];
  if (needed === null) return { name, value: MISSING, sentence: `No length would do: ${sharpe === null ? noSharpe(sessions) : `the Sharpe ratio of ${formatNumber(sharpe, 2)} is not above 0`}.`, source };
  if (count === 1) return { name, value: `${formatNumber(needed, 1)} years`, sentence: 'A single trial needs none: there is no luckiest to choose.', source };
  const years = sessions / SESSIONS_PER_YEAR;
  const verdict = years >= needed ? 'longer' : 'shorter';
  return { name, value: `${formatNumber(needed, 1)} years`, sentence: `On less than ${formatNumber(needed, 1)} years the luckiest of ${formatCount(count, 'trial')} without skill is expected to show as high a Sharpe ratio; this record of ${formatNumber(years, 1)} years is ${verdict}.`, source };
}
