import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { maxDrawdown } from '../../src/evaluation/performance/drawdown.js';
import { performanceSummary } from '../../src/evaluation/performance/performance-summary.js';
import type { PerformanceSummary } from '../../src/evaluation/performance/summary.js';
import { goldenFolder, printSkipReason } from './folder.js';

interface Golden {
  readonly tolerance: { readonly relative: number };
  readonly conventions: { readonly annualisation: number; readonly riskFree: number };
  readonly series: Readonly<Record<string, { readonly returns: readonly number[]; readonly metrics: Readonly<Record<string, number | null>> }>>;
}

/** Figures by their names in the file. */
const FIGURES: Readonly<Record<string, keyof PerformanceSummary>> = {
  totalReturn: 'totalReturn',
  annualReturn: 'annualReturn',
  annualVolatility: 'annualVolatility',
  sharpe: 'sharpeRatio',
  sortino: 'sortinoRatio',
  downsideRisk: 'downsideRisk',
  maxDrawdown: 'maxDrawdown',
  calmar: 'calmarRatio',
  omega: 'omegaRatio',
  tailRatio: 'tailRatio',
  var95: 'valueAtRisk',
  cvar95: 'conditionalValueAtRisk',
  skew: 'skewness',
  kurtosis: 'kurtosis',
  winRate: 'winRate',
  stability: 'stability',
};

const POSITIONS = { maxDrawdownPeak: 'peak', maxDrawdownTrough: 'trough', maxDrawdownRecovery: 'recovery' } as const;

const folder = goldenFolder();
printSkipReason('golden', 'performance of return series against empyrical');

describe('figures of performance.json', () => {
  it('are each compared once', () => {
    expect(new Set([...Object.values(FIGURES), ...Object.values(POSITIONS)]).size).toBe(Object.keys(FIGURES).length + Object.keys(POSITIONS).length);
  });
});

describe.skipIf(folder === null)('performance of return series against empyrical', () => {
  const golden = folder === null ? null : (JSON.parse(readFileSync(join(folder, 'performance.json'), 'utf8')) as Golden);
  const names = Object.keys(golden?.series ?? {});

  it.each(names)('%s', (name) => {
    const { tolerance, conventions, series } = golden!;
    const { returns, metrics } = series[name];
    const summary = performanceSummary(returns, { sessionsPerYear: conventions.annualisation, riskFree: conventions.riskFree / conventions.annualisation });
    expect(Object.keys(metrics).sort()).toEqual([...Object.keys(FIGURES), ...Object.keys(POSITIONS)].sort());
    const wrong = Object.entries(FIGURES).flatMap(([figure, key]) => {
      const [found, expected] = [summary[key], metrics[figure]];
      const fits = typeof found === 'number' && expected !== null ? Math.abs(found - expected) <= tolerance.relative * Math.abs(expected) : found === expected;
      return fits ? [] : [{ figure, expected, found }];
    });
    expect(wrong).toEqual([]);
    const deepest = maxDrawdown(returns);
    expect(summary.worstDrawdowns[0] ?? null).toEqual(deepest);
    for (const [figure, key] of Object.entries(POSITIONS)) expect(deepest?.[key] ?? null, figure).toBe(metrics[figure]);
  });

  it('has series', () => {
    expect(names.length).toBeGreaterThan(0);
  });
});
