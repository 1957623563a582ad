import { describe, expect, it } from 'vitest';

import { absentInputs } from '../../src/features/absent-inputs.js';
import type { FeatureInputs } from '../../src/features/compute/feature-inputs.js';
import { FEATURES } from '../../src/features/registry.js';
import { Panel } from '../../src/table/panel.js';
import { vintages, type Vintages } from '../../src/table/vintages.js';

const LAST = 17_001;
const bars = new Panel({ symbols: ['A', 'B'], sessions: Int32Array.of(17_000, LAST), columns: Object.fromEntries(['open', 'high', 'low', 'close', 'volume', 'vwap'].map((name) => [name, new Float64Array(4).fill(1)])) });
const since = (knownFrom: number): Vintages => vintages([{ knownFrom, period: 16_900, value: 1 }]);
const NOTHING = vintages([]);

/** What is lacking for a feature. */
const lacking = (name: string, inputs: Partial<FeatureInputs>): readonly string[] => absentInputs(FEATURES.filter((feature) => feature.name === name), { bars, ...inputs }, FEATURES)[0]?.inputs ?? [];
const earnings = (revenueEstimate: Vintages): Partial<FeatureInputs> => ({ earnings: new Map([['A', new Map([['revenueActual', since(LAST)], ['revenueEstimate', revenueEstimate]])]]) });
const shares = (symbol: string, table: Vintages): Partial<FeatureInputs> => ({ fundamentals: new Map([[symbol, new Map([['shares_outstanding', table]])]]) });

describe('absent inputs', () => {
  it('are tables without any row', () => {
    expect(lacking('revenue-surprise', earnings(NOTHING))).toEqual(['earnings:revenueEstimate']);
    expect(lacking('revenue-surprise', earnings(since(LAST)))).toEqual([]);
    expect(lacking('vix', { macro: new Map([['VIX', NOTHING]]) })).toContain('macro:VIX');
  });

  it('are tables of which nothing was known by the last session', () => {
    expect(lacking('share-issuance', shares('A', since(LAST + 1)))).toContain('fundamentals:shares_outstanding');
    expect(lacking('share-issuance', shares('B', since(LAST)))).not.toContain('fundamentals:shares_outstanding');
    expect(lacking('rank-share-issuance', shares('A', since(LAST + 1)))).toContain('fundamentals:shares_outstanding');
  });

  it('are tables of instruments without bars only', () => {
    expect(lacking('share-issuance', shares('C', since(LAST)))).toContain('fundamentals:shares_outstanding');
    expect(lacking('strength-to-sector-5', { sectors: new Map([['C', 'Energy']]) })).toContain('sector');
    expect(lacking('strength-to-sector-5', { sectors: new Map([['B', 'Energy']]) })).toEqual([]);
  });

  it('are columns and returns without any number', () => {
    const none = new Float64Array(4).fill(Number.NaN);
    expect(lacking('alpha158-vwap0', { bars: bars.with({ vwap: none }) })).toEqual(['vwap']);
    expect(lacking('volume-z-score-63', { bars: bars.with({ volume: none }) })).toEqual(['volume']);
    expect(lacking('beta-60', { benchmarkReturn: none.subarray(0, 2) })).toEqual(['index']);
    expect(lacking('beta-60', {})).toEqual([]);
  });
});
