import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { conformalIntervals, type CalibratedInterval } from '../../../src/evaluation/conformal/conformal-intervals.js';
import type { ConformalOptions } from '../../../src/evaluation/conformal/conformal-settings.js';
import { constantIntervals, daysOfYears, overlappingReturns } from './world.js';

const LEVELS = [{ low: 0.05, high: 0.95 }, { low: 0.1, high: 0.9 }];

function calibrated(outcomes: readonly Float64Array[], ends: readonly (readonly [number, number])[], options: Omit<ConformalOptions, 'intervals'>): readonly CalibratedInterval[] {
  const positions = outcomes.map((_, t) => t);
  const forecasts = ends.map(([low, high]) => constantIntervals(outcomes, low, high));
  return conformalIntervals({ forecasts, outcomes, positions, sessions: daysOfYears(2014, Math.ceil(outcomes.length / 250)).slice(0, outcomes.length) }, { intervals: LEVELS.slice(0, ends.length), ...options }).intervals;
}

describe('coverage of exchangeable outcomes', () => {
  /**
   * Null: outcomes are independent and of one distribution (skewed: the logarithm of a uniform number). Shares missed then have expectation
   * ⌊(n + 1) × level⌋ / (n + 1) and no larger variance than two binomials of as many draws: of the outcomes and of the scores.
   */
  const bound = (share: number, samples: number): number => 4 * Math.sqrt((2 * share * (1 - share)) / samples);

  it.each([0, 0.02])('is nominal on both sides though forecasts are far too narrow, too wide or off centre: gamma %d', (gamma) => {
    for (const [seed, ends] of ([[[-0.5, 0.1], [-0.2, 0]], [[-9, 9], [-8, 8]], [[4, 6], [4.5, 5.5]]] as const).entries()) {
      const rng = createRng(100 + seed);
      const outcomes = Array.from({ length: 500 }, () => Float64Array.from({ length: 60 }, () => Math.log(1 - rng.float())));
      calibrated(outcomes, ends, { span: 6, window: 60, gamma }).forEach(({ coverage: { overall }, levels }) => {
        expect(overall.samples).toBeGreaterThan(28_000);
        for (const [found, share] of [[overall.below, levels.low], [overall.above, 1 - levels.high], [overall.within, levels.high - levels.low]] as const) expect(Math.abs(found! - share)).toBeLessThan(bound(share, overall.samples));
      });
    }
  });

  it('is nominal with few scores, where the rank among n instead of n + 1 of them would miss twice as often', () => {
    const rng = createRng(7);
    const outcomes = Array.from({ length: 20_000 }, () => Float64Array.of(rng.normal()));
    const [{ coverage }] = calibrated(outcomes, [[-1, 1]], { span: 1, window: 20, gamma: 0 });
    // the widest of 20 scores: the next outcome is beyond it once in 21 times
    for (const found of [coverage.overall.below, coverage.overall.above]) expect(Math.abs(found! - 1 / 21)).toBeLessThan(bound(1 / 21, coverage.overall.samples));
  });
});

describe('coverage of a market whose volatility doubles', () => {
  // the truth of quiet years as forecast: what a network would say that had seen no others
  const ENDS = [[-1.645, 1.645], [-1.282, 1.282]] as const;
  const quiet = new Array<number>(500).fill(1);
  const loud = new Array<number>(250).fill(2);
  const slow = loud.map((_, t) => 1 + t / 250);
  /** Returns of 50 stocks over five sessions that share a twentieth of their variance: shares of a year vary by some 0.3 points from market to market. */
  const market = (volatility: readonly number[], seed: number): Float64Array[] => overlappingReturns({ seed, stocks: 50, horizon: 5, volatility, common: 0.05 });

  it.each([
    ['at once, and stays', [...quiet, ...loud, ...loud], [0.589, 0.478]],
    ['at once, and falls back', [...quiet, ...loud, ...quiet], [0.589, 0.478]],
    ['over a year', [...quiet, ...slow, ...loud], [0.73, 0.61]],
  ])('%s: adaptive intervals hold their share within two points each year, the forecasts do not', (_, volatility, loudShare) => {
    for (const seed of [1, 2, 3]) {
      const intervals = calibrated(market(volatility, seed), ENDS, { span: 6 });
      intervals.forEach(({ coverage, uncorrected }, i) => {
        expect(coverage.byYear.length).toBe(volatility.length / 250);
        for (const { within, nominal } of coverage.byYear) expect(Math.abs(within! - nominal)).toBeLessThan(0.02);
        expect(Math.abs(uncorrected.byYear[2].within! - loudShare[i])).toBeLessThan(0.03);
      });
    }
  });

  it('is held by levels that adapt: fixed ones miss it by several points', () => {
    const outcomes = market([...quiet, ...loud], 4);
    const inLoudYear = (gamma: number): number => calibrated(outcomes, ENDS, { span: 6, gamma })[0].coverage.byYear[2].within!;
    expect(inLoudYear(0)).toBeLessThan(0.86);
    expect(Math.abs(inLoudYear(0.02) - 0.9)).toBeLessThan(0.02);
  });

  it('holds for every fifth session alone', () => {
    const volatility = [...quiet, ...quiet, ...loud, ...loud];
    const every = market(volatility, 5).map((row, t) => ({ row, t })).filter(({ t }) => t % 5 === 0);
    const [outcomes, positions] = [every.map(({ row }) => row), every.map(({ t }) => t)];
    const days = daysOfYears(2014, 6);
    const { intervals } = conformalIntervals({ forecasts: ENDS.map(([low, high]) => constantIntervals(outcomes, low, high)), outcomes, positions, sessions: positions.map((t) => days[t]) }, { intervals: LEVELS, span: 6, window: 26, gamma: 0.1 });
    intervals.forEach(({ coverage }) => {
      // fifty sessions a year, of which the first few of a new regime are missed before any outcome of it is known
      for (const { within, nominal } of coverage.byYear) expect(Math.abs(within! - nominal)).toBeLessThan(0.04);
      expect(Math.abs(coverage.overall.within! - coverage.overall.nominal)).toBeLessThan(0.02);
    });
  });
});
