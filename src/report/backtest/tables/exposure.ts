import { formatNumber } from '../../format.js';
import type { BacktestReportInput } from '../report-input.js';
import { numberOr, percentOr } from './figure-text.js';
import type { TextTable } from './text-table.js';

/** How much was held, traded and paid. */
export function exposureTable({ figures: { exposure, turnover, costs, capacity, fills, unfilled } }: BacktestReportInput): TextTable {
  return {
    caption: 'Exposure, turnover and costs', columns: [['Held and traded', 'text'], ['Figure', 'number']],
    rows: [
      ['Held of equity, mean', percentOr(1)(exposure.meanGross)], ['Long less short, mean', percentOr(1)(exposure.meanNet)], ['Names held, mean', numberOr(1)(exposure.meanNames)], ['Sessions with a position', percentOr(1)(exposure.timeInMarket)],
      ['Bought and sold a session, of equity', percentOr(2)(turnover.mean)], ['Bought and sold a year, of equity', percentOr(0)(turnover.annual)], ['Costs in all', formatNumber(costs.total, 0)], ['Costs a year, of equity', percentOr(2)(costs.annual)],
      ['Fills', formatNumber(fills)], ['Orders not filled', formatNumber(unfilled)],
      ...(capacity === null ? [] : [[`Capacity, at ${percentOr(1)(capacity.participation)} of what is traded`, formatNumber(capacity.equity, 0)], ['Fills that tell the capacity', formatNumber(capacity.fills)]]),
    ],
  };
}
