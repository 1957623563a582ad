import type { BacktestOptions } from '../../src/lab/backtest/backtest-options.js';
import { momentum, priority, type StrategyPlan } from '../../src/lab/backtest/plan.js';
import type { Scores } from '../../src/lab/research/scores.js';

/** A strategy of the cash book and how it is run. */
export interface CashCase {
  readonly name: string;
  readonly plan: StrategyPlan;
  readonly options?: BacktestOptions;
}

/** Scores of models that learn nothing, by name. */
export type RuleScores = Readonly<Record<'momentum' | 'reversal' | 'low-volatility', Scores>>;

/** One for each way of sizing, entering, leaving, paying and limiting, and a few that mix them. */
export function cashCases({ momentum: rising, reversal: fallen, 'low-volatility': calm }: RuleScores): CashCase[] {
  return [
    { name: 'momentum', plan: momentum() },
    { name: 'momentum-five-names', plan: momentum({ top: 5, maxWeight: 0.2 }) },
    { name: 'momentum-equal-weight', plan: momentum({ sizing: { method: 'equal-weight' } }) },
    { name: 'momentum-inverse-volatility', plan: momentum({ sizing: { method: 'inverse-volatility' } }) },
    { name: 'momentum-minimum-variance', plan: momentum({ top: 10, sizing: { method: 'minimum-variance' } }) },
    { name: 'momentum-risk-parity', plan: momentum({ top: 10, sizing: { method: 'hierarchical-risk-parity' } }) },
    { name: 'momentum-limit-entries', plan: momentum({ entry: 'limit', limitRanges: 0.5 }) },
    { name: 'momentum-structure-stops', plan: momentum({ stop: 'structure' }) },
    { name: 'momentum-trailing-stops', plan: momentum({ trailingRanges: 2 }) },
    { name: 'momentum-tight-brackets', plan: momentum({ stopRanges: 1, targetRanges: 1.5, cooldown: 10 }) },
    { name: 'momentum-three-sessions', plan: momentum({ horizon: 3, minHorizon: 1, keepWithin: 1 }) },
    { name: 'momentum-brackets-at-close', plan: momentum(), options: { brackets: 'close' } },
    { name: 'momentum-no-rules', plan: momentum(), options: { rules: 'none' } },
    { name: 'momentum-free', plan: momentum(), options: { costs: 'none' } },
    { name: 'momentum-liquidity-costs', plan: momentum(), options: { costs: { model: 'liquidity' }, cash: 50_000_000 } },
    { name: 'momentum-small-book', plan: momentum(), options: { cash: 20_000 } },
    { name: 'momentum-strict-rules', plan: momentum({ top: 30 }), options: { rules: { sectorCap: { max: 0.15 }, maxNames: { max: 12 }, volatilityTarget: { max: 0.1 }, maxTurnover: { max: 0.2 } } } },
    { name: 'priority-momentum', plan: priority(rising) },
    { name: 'priority-reversal', plan: priority(fallen) },
    { name: 'priority-low-volatility', plan: priority(calm) },
    { name: 'priority-mean-variance', plan: priority(rising, { top: 8, sizing: { method: 'mean-variance' } }) },
    { name: 'priority-scores-alone', plan: priority(fallen, { parts: { uncertainty: 0, liquidity: 0, volatility: 0, signals: 0 }, signals: [] }) },
    { name: 'priority-one-signal', plan: priority(calm, { signals: [{ feature: 'return-5', below: 0 }], parts: { signals: 1 } }) },
  ];
}
