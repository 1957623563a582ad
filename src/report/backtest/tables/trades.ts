import type { TradeMean, TradeStatistics } from '../../../evaluation/performance/trade-statistics.js';
import { mean } from '../../../math/stats.js';
import type { RoundTrip } from '../../../portfolio/round-trips.js';
import { formatMoney, formatNumber, formatPercent, formatSignedPercent, MISSING } from '../../format.js';
import { byFrequency } from './by-frequency.js';
import { exitWords } from './exit-words.js';
import { numberOr, percentOr } from './figure-text.js';
import type { TextTable } from './text-table.js';

/** Figures of closed trades. */
export function tradeTable({ trades, wins, losses, hitRate, profitFactor, expectancy, averageWin, averageLoss, payoffRatio, holding, longestLosingRun }: TradeStatistics): TextTable {
  return {
    caption: 'Figures of closed trades', columns: [['Trades', 'text'], ['Figure', 'number']],
    rows: [
      ['Closed trades', formatNumber(trades)], ['Gained, lost', `${formatNumber(wins)}, ${formatNumber(losses)}`], ['Hit rate', percentOr(1)(hitRate)], ['Mean of all', tradeMean(expectancy)], ['Mean gain', tradeMean(averageWin)], ['Mean loss', tradeMean(averageLoss)],
      ['Gains ÷ losses (profit factor)', numberOr(2)(profitFactor)], ['Mean gain ÷ mean loss', numberOr(2)(payoffRatio)],
      ['Sessions held, mean and median', holding === null ? MISSING : `${formatNumber(holding.mean, 1)}, ${formatNumber(holding.median, 0)}`], ['Shortest, longest', holding === null ? MISSING : `${formatNumber(holding.shortest)}, ${formatNumber(holding.longest)}`],
      ['Losses in a row at most', formatNumber(longestLosingRun)],
    ],
  };
}

/** What trades ended for: the most frequent first. */
export function exitTable(trades: readonly RoundTrip[]): TextTable {
  const groups = byFrequency(trades, ({ why }) => why);
  return {
    caption: 'What trades ended for', columns: [['Ended by', 'text'], ['Trades', 'number'], ['Share', 'number'], ['Mean return', 'number'], ['Gained', 'number'], ['Mean sessions', 'number'], ['Profit', 'number']],
    rows: groups.map(([why, some]) => [
      exitWords(why), formatNumber(some.length), formatPercent(some.length / trades.length, 1), formatSignedPercent(mean(some.map((trade) => trade.return)), 2), formatPercent(some.filter((trade) => trade.proceeds > trade.cost).length / some.length, 0),
      formatNumber(mean(some.map(({ sessions }) => sessions)), 1), formatMoney(some.reduce((sum, { proceeds, cost }) => sum + proceeds - cost, 0)),
    ]),
  };
}

function tradeMean(found: TradeMean | null): string {
  return found === null ? MISSING : `${formatSignedPercent(found.return, 2)}, ${formatMoney(found.profit)}`;
}
