import type { Panel } from '../table/panel.js';
import type { BacktestRun } from './backtest-run.js';
import { runWeights, type WeightsInput } from './run-weights.js';

/**
 * A backtest of the research book over a matrix of weights, from the first session with a decision on: what a cash book cannot hold, fractions of
 * shares of hundreds of names with their dividends, without stops, rules and lists of trades.
 *
 * A name whose bars end before the last session is closed at its last mark after its last bar.
 *
 * @param input as of `runWeights`
 * @returns equity starts with the initial cash on the session of the first decision
 */
export function runTargets({ bars, weights, ...rest }: Omit<WeightsInput, 'onSession' | 'lastSessions'>): BacktestRun {
  const first = firstDecision(weights);
  const width = bars.sessions.length;
  const [gross, net, names] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const { equity, turnover, costs, borrowed } = runWeights({
    bars,
    weights,
    ...rest,
    lastSessions: lastBars(bars),
    onSession(t, { shares, marks }) {
      for (let i = 0; i < shares.length; i++) {
        if (shares[i] === 0) continue;
        const value = shares[i] * marks[i];
        gross[t] += Math.abs(value);
        net[t] += value;
        names[t]++;
      }
    },
  });
  const own = (values: Float64Array): Float64Array => values.slice(first);
  const value = own(equity);
  return {
    book: 'research',
    sessions: bars.sessions.slice(first),
    equity: value,
    returns: Float64Array.from({ length: Math.max(0, value.length - 1) }, (_, t) => value[t + 1] / value[t] - 1),
    gross: own(gross).map((held, t) => held / value[t]),
    net: own(net).map((held, t) => held / value[t]),
    names: own(names),
    turnover: own(turnover),
    costs: own(costs).map((paid, t) => paid + borrowed[first + t]),
    ...{ orders: [], fills: [], unfilled: [], events: [], trades: [], positions: [] },
  };
}

/** Position of the first session on which anything is decided; the number of sessions when nothing ever is. */
function firstDecision(weights: Panel): number {
  const [column, width] = [weights.column('weight'), weights.sessions.length];
  let first = width;
  for (let row = 0; row < weights.symbols.length; row++) {
    let t = 0;
    while (t < first && Number.isNaN(column[row * width + t])) t++;
    first = t;
  }
  return first;
}

/** Position of each name's last bar, −1 for one that has it on the last session, or none. [name] */
function lastBars(bars: Panel): Int32Array {
  const [close, width] = [bars.column('close'), bars.sessions.length];
  return Int32Array.from(bars.symbols, (_, row) => {
    let t = width - 1;
    while (t >= 0 && !(close[row * width + t] > 0)) t--;
    return t === width - 1 ? -1 : t;
  });
}
