import { describe, expect, it } from 'vitest';

import { featureValuesOf, summarizeFeatures } from '../../src/recommendation/feature-summary.js';
import { MemberRanks } from '../../src/recommendation/member-ranks.js';
import type { FeatureValue } from '../../src/recommendation/recommendation.js';
import type { SessionFeatures } from '../../src/recommendation/session-features.js';
import { Panel } from '../../src/table/panel.js';
import { DECISION_FEATURES } from '../strategy/market.js';

const SYMBOLS = ['A', 'B', 'C', 'D'];
const session = (values: Readonly<Record<string, readonly number[]>>, more: Partial<SessionFeatures> = {}): SessionFeatures => ({
  features: DECISION_FEATURES,
  values: new Panel({ symbols: SYMBOLS, sessions: Int32Array.of(17_000), columns: Object.fromEntries(DECISION_FEATURES.map(({ name }) => [name, Float32Array.from(values[name] ?? SYMBOLS.map(() => 1))])) }),
  members: SYMBOLS,
  absent: [],
  ...more,
});

const valuesOf = (symbol: string, names: readonly string[], given: SessionFeatures): FeatureValue[] => featureValuesOf(symbol, names, given, new MemberRanks(given));

describe('the summary of features', () => {
  it('counts what is missing by family and by feature, most missing first', () => {
    const { computed, members, families, missing } = summarizeFeatures(session({ 'momentum-12-1': [NaN, NaN, 1, 2], 'realized-volatility-63': [1, NaN, 1, 1] }));
    expect([computed, members]).toEqual([3, 4]);
    expect(families).toEqual([{ family: 'momentum', features: 1, missing: 2 }, { family: 'volatility', features: 2, missing: 1 }]);
    expect(missing.map(({ feature, missing: count }) => [feature, count])).toEqual([['momentum-12-1', 2], ['realized-volatility-63', 1]]);
    expect(missing[0].reason).toBe('fewer than 252 clean sessions of history, a suspect bar, or a formula without a value');
  });

  it('names inputs of which nothing was known', () => {
    const lacking = session({ 'momentum-12-1': [NaN, NaN, NaN, NaN] }, { absent: [{ feature: 'average-true-range-14', inputs: ['macro:VIX', 'vwap'] }, { feature: 'momentum-12-1', inputs: ['macro:VIX'] }] });
    const { absent, missing, families } = summarizeFeatures(lacking);
    expect(absent).toEqual([{ input: 'macro:VIX', features: ['average-true-range-14', 'momentum-12-1'] }, { input: 'vwap', features: ['average-true-range-14'] }]);
    expect(missing).toEqual([]);
    expect(families[0]).toEqual({ family: 'momentum', features: 1, missing: 4 });
    expect(valuesOf('A', ['momentum-12-1', 'realized-volatility-63'], lacking).map(({ name }) => name)).toEqual(['realized-volatility-63']);
  });

  it('counts members only', () => {
    expect(summarizeFeatures(session({ 'momentum-12-1': [NaN, 1, 1, NaN] }, { members: ['B', 'C', 'D'] })).missing).toEqual([expect.objectContaining({ feature: 'momentum-12-1', missing: 1 })]);
  });
});

describe('the features of one name', () => {
  const values = session({ 'momentum-12-1': [0.1, 0.3, 0.3, NaN], 'realized-volatility-63': [0.2, 0.2, 0.2, 0.2] });

  it('come in the order asked for, with value and place among the members', () => {
    expect(valuesOf('A', ['realized-volatility-63', 'momentum-12-1'], values)).toEqual([
      expect.objectContaining({ name: 'realized-volatility-63', value: Math.fround(0.2), rank: 0.5 }),
      expect.objectContaining({ name: 'momentum-12-1', value: Math.fround(0.1), rank: Number((1 / 6).toFixed(4)) }),
    ]);
    expect(valuesOf('B', ['momentum-12-1'], values)[0].rank).toBeCloseTo(2 / 3, 4);
  });

  it('are null where missing, for a name without bars too', () => {
    expect(valuesOf('D', ['momentum-12-1'], values)[0]).toMatchObject({ value: null, rank: null });
    expect(valuesOf('ZZZ', ['momentum-12-1'], values)[0]).toMatchObject({ value: null, rank: null });
  });
});
