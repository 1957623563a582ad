import type { BacktestRun } from '../../../src/backtest/backtest-run.js';
import type { Luck } from '../../../src/evaluation/luck/luck.js';
import { deflatedSharpeRatio, minimumBacktestLength } from '../../../src/evaluation/overfitting/deflated-sharpe.js';
import { haircutSharpe } from '../../../src/evaluation/overfitting/haircut-sharpe.js';
import { minimumTrackRecordLength, probabilisticSharpeRatio } from '../../../src/evaluation/overfitting/probabilistic-sharpe.js';
import { sharpeSample } from '../../../src/evaluation/overfitting/sharpe-sample.js';

const YEAR = Math.sqrt(252);

/** Luck of a made-up run among 47 made-up others: what rests on returns is reckoned, the rest is said. */
export function madeLuck({ returns }: BacktestRun, riskFree: Float64Array): Luck {
  const sample = sharpeSample(returns.map((value, t) => value - riskFree[t]))!;
  const others = Array.from({ length: 44 }, (_, i) => sample.sharpe * (0.2 + 0.02 * i));
  const deflated = deflatedSharpeRatio(sample, { trials: 48, variance: (0.3 / YEAR) ** 2 });
  const sharpe = sample.sharpe * YEAR;
  return {
    trials: { count: 48, aligned: 40, elsewhere: 5, withoutReturns: 3 }, sessions: returns.length, sharpe, sharpeInterval: [sharpe - 1.1, sharpe + 1.05], blockLength: 4,
    probabilistic: probabilisticSharpeRatio(sample), deflated: { probability: deflated.probability, threshold: deflated.threshold * YEAR },
    minimumTrackRecord: minimumTrackRecordLength(sample), minimumBacktestYears: minimumBacktestLength(48, sharpe), haircut: haircutSharpe([sample.sharpe, ...others], returns.length)[0],
    overfitting: { probability: 0.384, trials: 40, blocks: 16, probabilityOfLoss: 0.221 },
    superior: { studentised: { statistic: 1.8, pValues: { lower: 0.112, consistent: 0.214, upper: 0.31 } }, raw: { statistic: 0.0004, pValues: { lower: 0.12, consistent: 0.25, upper: 0.33 } }, benchmark: 'SPY', trials: 40, best: 'top 20, stop 5 %', block: 3 },
    stepwise: Array.from({ length: 40 }, (_, i) => ({ name: `top ${5 + i}`, pValue: Math.min(1, 0.021 + 0.02 * i), rejected: i < 2 })),
    randomEntry: { trades: 1131, leftOut: 2, selection: { mean: 0.0043, expected: 0.0041, pValue: 0.412 }, timing: { mean: 0.0043, expected: 0.0031, pValue: 0.187 } },
    tradeOrder: { observed: -0.064, median: -0.058, worst5: -0.092 },
  };
}
