import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SeriesFeature } from '../../src/features/feature.js';
import { pastReturn } from '../../src/features/momentum/past-return.js';
import { rangeExpansion } from '../../src/features/structure/range-expansion.js';
import { aroonOscillator } from '../../src/features/trend/aroon-oscillator.js';
import { bollingerPosition, bollingerWidth } from '../../src/features/trend/bollinger-bands.js';
import { commodityChannelIndex } from '../../src/features/trend/commodity-channel-index.js';
import { distanceToMean } from '../../src/features/trend/distance-to-mean.js';
import { moneyFlowIndex } from '../../src/features/trend/money-flow-index.js';
import { stochastic } from '../../src/features/trend/stochastic.js';
import { averageTrueRange } from '../../src/features/volatility/average-true-range.js';
import { chaikinMoneyFlow } from '../../src/features/volume/chaikin-money-flow.js';
import { onBalanceVolume } from '../../src/features/volume/on-balance-volume.js';
import { BAR_NAMES, seriesOf, type Bars } from '../features/bars.js';
import { goldenFolder, printSkipReason } from './folder.js';

type Column = readonly (number | null)[];

interface Golden {
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  /** `output` begins at session `from` of the inputs. */
  readonly tickers: Readonly<Record<string, { readonly input: Readonly<Record<string, Column>>; readonly from: number; readonly output: Readonly<Record<string, Column>> }>>;
}

/** What TA-Lib says `ago` sessions before t; NaN where it says nothing. */
type Reference = (name: string, ago?: number) => number;

const folder = goldenFolder();
printSkipReason('golden', 'features with a window against TA-Lib');

const numbers = (column: Column): Float64Array => Float64Array.from(column, (value) => value ?? Number.NaN);
const sums = (values: Float64Array, t: number, window: number): number => values.subarray(t - window + 1, t + 1).reduce((sum, value) => sum + value, 0);

/** Features whose indicator has no more memory than they, or whose change over a window has none. */
const comparisons: readonly (readonly [SeriesFeature, (reference: Reference, bars: Bars, t: number) => number])[] = [
  [distanceToMean(20), (reference, { close }, t) => close[t] / reference('SMA(20)') - 1],
  [bollingerPosition(20), (reference, { close }, t) => (close[t] - reference('BBANDS(20,2).lower')) / (reference('BBANDS(20,2).upper') - reference('BBANDS(20,2).lower'))],
  [bollingerWidth(20), (reference) => (reference('BBANDS(20,2).upper') - reference('BBANDS(20,2).lower')) / reference('BBANDS(20,2).middle')],
  [stochastic(14), (reference) => reference('STOCHF(14,3).k') / 100],
  [stochastic(14), (reference) => 1 + reference('WILLR(14)') / 100],
  [commodityChannelIndex(20), (reference) => reference('CCI(20)')],
  [moneyFlowIndex(14), (reference) => reference('MFI(14)') / 100],
  [aroonOscillator(25), (reference) => (reference('AROON(25).up') - reference('AROON(25).down')) / 100],
  [pastReturn({ name: 'return-10', from: 10, to: 0, source: 'this test' }), (reference) => reference('ROC(10)') / 100],
  [averageTrueRange(14), (reference, { close }, t) => Array.from({ length: 14 }, (_, ago) => reference('TRANGE', ago)).reduce((sum, range) => sum + range, 0) / 14 / close[t]],
  [rangeExpansion(20), (reference) => (20 * reference('TRANGE')) / Array.from({ length: 20 }, (_, ago) => reference('TRANGE', ago + 1)).reduce((sum, range) => sum + range, 0)],
  [onBalanceVolume(21), (reference, { volume }, t) => (reference('OBV') - reference('OBV', 21)) / sums(volume, t, 21)],
  [chaikinMoneyFlow(21), (reference, { volume }, t) => (reference('AD') - reference('AD', 21)) / sums(volume, t, 21)],
];

describe.skipIf(folder === null)('features with a window against TA-Lib', () => {
  const golden: Golden = folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, 'indicators.json'), 'utf8')) as Golden);

  it.each(comparisons.map(([feature, expected]) => [feature.name, feature, expected] as const))('%s', (_, feature, expected) => {
    let compared = 0;
    for (const { input, output, from } of Object.values(golden.tickers)) {
      const bars = Object.fromEntries(BAR_NAMES.map((name) => [name, numbers(input[name])])) as Bars;
      const values = feature.compute(seriesOf(bars));
      for (let t = Math.max(from, feature.lookback); t < values.length; t++) {
        const value = expected((name, ago = 0) => output[name][t - from - ago] ?? Number.NaN, bars, t);
        if (Number.isNaN(value)) continue; // TA-Lib's warm-up, or a window it leaves open
        const { relative, absolute } = golden.tolerance;
        expect(Math.abs(values[t] - value), `${feature.name} at ${t}: expected ${value}, found ${values[t]}`).toBeLessThanOrEqual(absolute + relative * Math.abs(value));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
