import { correlation } from '../../src/math/correlation.js';
import { averageRank } from '../../src/math/cross-section.js';
import { mean, standardDeviation } from '../../src/math/stats.js';
import type { SyntheticMarket } from '../../src/simulation/synthetic-market.js';

/** What happened from the open of t + 1 to the open of t + 1 + horizon, NaN where it is not known. */
export type Outcome = (symbol: number, t: number) => number;

/** The true residual over the horizon. */
export function residualOutcome({ truth, sessions }: SyntheticMarket, horizon: number): Outcome {
  return (symbol, t) => {
    let sum = 0;
    for (let k = 1; k <= horizon; k++) sum += truth.residual[symbol * sessions.length + t + k];
    return sum;
  };
}

/** From the bars alone: the return from open to open less the mean of its sector. */
export function sectorOutcome({ bars, sessions, sectors }: SyntheticMarket, horizon: number): Outcome {
  const ret: Outcome = (symbol, t) => Math.log(bars.open[symbol * sessions.length + t + 1 + horizon] / bars.open[symbol * sessions.length + t + 1]);
  const means = new Map<string, number>();
  return (symbol, t) => {
    const key = `${sectors[symbol]} ${t}`;
    if (!means.has(key)) means.set(key, mean(sectors.flatMap((sector, i) => (sector === sectors[symbol] && !Number.isNaN(ret(i, t)) ? [ret(i, t)] : []))));
    return ret(symbol, t) - means.get(key)!;
  };
}

/** Rank ICs of every `horizon`-th session, so that outcomes do not overlap. */
export function rankIcs({ sessions, symbols }: SyntheticMarket, driver: (symbol: number, t: number) => number, outcome: Outcome, horizon: number, from = 0): number[] {
  const ics: number[] = [];
  for (let t = from; t + 1 + horizon < sessions.length; t += horizon) {
    const rows = symbols.flatMap((_, i) => {
      const [x, y] = [driver(i, t), outcome(i, t)];
      return Number.isNaN(x) || Number.isNaN(y) ? [] : [[x, y]];
    });
    ics.push(correlation(averageRank(rows.map(([x]) => x)), averageRank(rows.map(([, y]) => y)))!);
  }
  return ics;
}

export interface MeanIc {
  readonly ic: number;
  readonly standardError: number;
}

export const meanIc = (ics: readonly number[]): MeanIc => ({ ic: mean(ics), standardError: standardDeviation(ics) / Math.sqrt(ics.length) });
