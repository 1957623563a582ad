import { Panel } from '../../table/panel.js';
import { compareWithinSessions } from './compare-within-sessions.js';
import { expectedDeviation, labelBase, requireHorizon, segments, type LabelBase, type LabelMarket } from './label-market.js';
import type { Labels } from './labels.js';

export interface ForwardLabelOptions {
  /** Sessions held, open to open. */
  readonly horizon: number;
  /**
   * What is taken off each return: the mean of all counting members with a return on that session, or that of its sector.
   * Names of an unknown sector, and of one with fewer than 5 returns on the session, are net of the market instead.
   */
  readonly residual?: 'market' | 'sector';
  /** The centred rank within the session, in (−½, ½), instead of the (residual) return. */
  readonly rank?: boolean;
  /**
   * Where there is no open to sell at: no label, or the return to the last close between entry and exit. With `missing`,
   * names that stop trading are silently not learnt from.
   */
  readonly missingExit?: 'missing' | 'last-close';
}

/**
 * Simple returns from the open after each session to the open `horizon` sessions later: open(t+1+h) / open(t+1) − 1.
 *
 * NaN unless the instrument counts at t (a member whose bar is there and not suspect), both opens are finite and positive,
 * and no break of the series lies between them. The label of t is known at t + 1 + h, its `scale` at t.
 * @throws InvariantError for a horizon below one session, a panel without prices, memberships of another shape
 */
export function forwardLabels(market: LabelMarket, options: ForwardLabelOptions): Labels {
  requireHorizon(options.horizon);
  return labelsOver(labelBase(market), options);
}

function labelsOver(base: LabelBase, options: ForwardLabelOptions): Labels {
  const { horizon, residual, rank = false } = options;
  const { bars, sectors } = base.market;
  const returns = forwardReturns(base, options);
  const label = compareWithinSessions(returns, { bars, sectors }, { residual: residual ?? null, rank });
  const panel = new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { label, return: returns, scale: expectedDeviation(base, horizon) } });
  return {
    describe: describeLabels(options),
    horizon,
    span: horizon + 1,
    panel,
    counts: base.counts,
    at(other) {
      requireHorizon(other);
      return labelsOver(base, { ...options, horizon: other });
    },
  };
}

function forwardReturns({ market, counts }: LabelBase, { horizon, missingExit = 'missing' }: ForwardLabelOptions): Float64Array {
  const { bars } = market;
  const width = bars.sessions.length;
  const [open, close, segment] = [bars.column('open'), bars.column('close'), segments(market)];
  const result = new Float64Array(counts.length).fill(Number.NaN);
  for (let row = 0; row < bars.symbols.length; row++) {
    for (let t = row * width; t + 1 + horizon < (row + 1) * width; t++) {
      if (counts[t] !== 1 || !isPrice(open[t + 1])) continue;
      let end = t + 1 + horizon;
      let exit = open[end];
      if (!isPrice(exit) && missingExit === 'last-close') {
        while (end > t + 1 && !isPrice(close[end])) end--;
        exit = close[end];
      }
      if (isPrice(exit) && (segment === null || segment[end] === segment[t + 1])) result[t] = exit / open[t + 1] - 1;
    }
  }
  return result;
}

const isPrice = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;

function describeLabels({ horizon, residual, rank, missingExit }: ForwardLabelOptions): string {
  const net = residual === undefined ? '' : residual === 'market' ? ', net of the market' : ', net of its sector (of the market where fewer than 5 names of the sector have a return)';
  const exit = missingExit === 'last-close' ? ', ended at the last close where there is no open to sell at' : '';
  return `${rank ? 'rank within the session of the ' : ''}return over ${horizon} ${horizon === 1 ? 'session' : 'sessions'}${net}${exit}`;
}
