// A first cut by the lead so that the lab compiles; the owner of this folder replaces it.
import type { Rng } from '../../core/rng.js';
import { deflatedSharpeRatio, minimumBacktestLength } from '../overfitting/deflated-sharpe.js';
import { minimumTrackRecordLength, probabilisticSharpeRatio } from '../overfitting/probabilistic-sharpe.js';
import type { TradeSpan } from '../overfitting/random-entry.js';
import { sharpeSample } from '../overfitting/sharpe-sample.js';
import type { Luck, Trial } from './luck.js';

export interface LuckInput {
  readonly returns: Float64Array;
  readonly own: string;
  readonly trials: readonly Trial[];
  readonly benchmark: { readonly name: string; readonly returns: Float64Array } | null;
  readonly trades?: { readonly spans: readonly TradeSpan[]; readonly prices: readonly Float64Array[] } | null;
  readonly tradeReturns?: readonly number[];
  readonly rng: Rng;
}

export function judgeLuck({ returns, trials }: LuckInput): Luck {
  const sample = sharpeSample(returns);
  const sharpes = trials.flatMap(({ sharpe }) => (sharpe === null ? [] : [sharpe]));
  const mean = sharpes.reduce((sum, value) => sum + value, 0) / sharpes.length;
  const variance = sharpes.length < 2 ? 0 : sharpes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sharpes.length - 1);
  const annual = sample === null ? null : sample.sharpe * Math.sqrt(252);
  const deflated = sample === null ? null : deflatedSharpeRatio(sample, { trials: trials.length, variance });
  return {
    trials: { count: trials.length, aligned: trials.filter((one) => one.returns !== null).length, elsewhere: 0, withoutReturns: 0 },
    sessions: returns.length, sharpe: annual, sharpeInterval: null, blockLength: null,
    probabilistic: sample === null ? null : probabilisticSharpeRatio(sample),
    deflated: deflated === null ? null : { probability: deflated.probability, threshold: deflated.threshold * Math.sqrt(252) },
    minimumTrackRecord: sample === null ? null : minimumTrackRecordLength(sample),
    minimumBacktestYears: annual === null ? null : minimumBacktestLength(trials.length, annual),
    haircut: null, overfitting: null, superior: null, stepwise: null, randomEntry: null, tradeOrder: null,
  } as unknown as Luck;
}
