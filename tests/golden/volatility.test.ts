import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SeriesFeature } from '../../src/features/feature.js';
import { distanceToHigh } from '../../src/features/structure/distance-to-high.js';
import { distanceToLow } from '../../src/features/structure/distance-to-low.js';
import { closeToCloseVolatility } from '../../src/features/volatility/close-to-close-volatility.js';
import { garmanKlassVolatility } from '../../src/features/volatility/garman-klass-volatility.js';
import { parkinsonVolatility } from '../../src/features/volatility/parkinson-volatility.js';
import { rogersSatchellVolatility } from '../../src/features/volatility/rogers-satchell-volatility.js';
import { yangZhangVolatility } from '../../src/features/volatility/yang-zhang-volatility.js';
import { amihudIlliquidity } from '../../src/features/volume/amihud-illiquidity.js';
import { averageRank, centredRank, madZScore, percentRank, winsorize, zScore } from '../../src/math/cross-section.js';
import { rollingRegression } from '../../src/math/rolling/regression.js';
import { BAR_NAMES, seriesOf, type Bars } from '../features/bars.js';
import { goldenFolder, printSkipReason } from './folder.js';

type Column = readonly (number | null)[];

interface Golden {
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  readonly window: number;
  readonly annualisation: number;
  /** `output` begins at session `from` of the inputs. */
  readonly tickers: Readonly<Record<string, { readonly benchmarkClose: Column; readonly from: number; readonly output: Readonly<Record<string, Column>> }>>;
  readonly crossSection: { readonly dates: readonly (Readonly<Record<string, Column>> & { readonly date: string })[] };
}

interface Inputs {
  readonly tickers: Readonly<Record<string, { readonly input: Readonly<Record<string, Column>> }>>;
}

const folder = goldenFolder();
printSkipReason('golden', 'volatility, liquidity and cross-section against pandas');

const read = <Content>(file: string): Content => (folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, file), 'utf8')) as Content));
const numbers = (column: Column): Float64Array => Float64Array.from(column, (value) => value ?? Number.NaN);
const simpleReturns = (close: Float64Array): Float64Array => close.map((value, t) => value / close[t - 1] - 1);

const features = (window: number): Readonly<Record<string, SeriesFeature>> => ({
  closeToClose: closeToCloseVolatility(window),
  parkinson: parkinsonVolatility(window),
  garmanKlass: garmanKlassVolatility(window),
  rogersSatchell: rogersSatchellVolatility(window),
  yangZhang: yangZhangVolatility(window),
  amihud: amihudIlliquidity(window),
  high52wDistance: distanceToHigh(252),
  low52wDistance: distanceToLow(252),
});

/** Market model on simple returns of 60 sessions; residual volatility with divisor n − 2, annualized. */
const regressions: Readonly<Record<string, (close: Float64Array, benchmark: Float64Array, annualisation: number) => Float64Array>> = {
  beta60: (close, benchmark) => rollingRegression(simpleReturns(close), simpleReturns(benchmark), 60).slope,
  corr60: (close, benchmark) => rollingRegression(simpleReturns(close), simpleReturns(benchmark), 60).correlation,
  residualVol60: (close, benchmark, annualisation) => rollingRegression(simpleReturns(close), simpleReturns(benchmark), 60).residualStd.map((deviation) => Math.sqrt(annualisation) * deviation),
};

const statistics: Readonly<Record<string, (values: Float64Array) => Float64Array>> = {
  rankAverage: averageRank,
  rankPct: percentRank,
  rankCentered: centredRank,
  z: (values) => zScore(values),
  zPopulation: (values) => zScore(values, { ddof: 0 }),
  winsor05: (values) => winsorize(values, 0.05),
  winsor01: (values) => winsorize(values, 0.01),
  madZ: madZScore,
};

describe.skipIf(folder === null)('volatility, liquidity and cross-section against pandas', () => {
  const golden = read<Golden>('volatility.json');
  const { tickers } = read<Inputs>('indicators.json') ?? {};

  /** Missing where golden values are, and only there; equal within the file's tolerance elsewhere. */
  function expectGolden(found: Float64Array, expected: Column, place: string): void {
    expect(found, place).toHaveLength(expected.length);
    const { relative, absolute } = golden.tolerance;
    const wrong = expected.flatMap((value, i) => {
      const fits = value === null ? Number.isNaN(found[i]) : Math.abs(found[i] - value) <= absolute + relative * Math.abs(value);
      return fits ? [] : [{ place, position: i, expected: value, found: found[i] }];
    });
    expect(wrong).toEqual([]);
  }

  it.each(Object.keys(golden?.tickers ?? {}))('features of %s', (ticker) => {
    const { from, output } = golden.tickers[ticker];
    const bars = Object.fromEntries(BAR_NAMES.map((name) => [name, numbers(tickers[ticker].input[name])])) as Bars;
    for (const [name, feature] of Object.entries(features(golden.window))) expectGolden(fromLookback(feature.compute(seriesOf(bars)), feature.lookback).subarray(from), output[name], `${ticker} ${name}`);
  });

  it.each(Object.keys(golden?.tickers ?? {}))('regression of %s on the benchmark', (ticker) => {
    const { from, output, benchmarkClose } = golden.tickers[ticker];
    const close = numbers(tickers[ticker].input['close']);
    for (const [name, compute] of Object.entries(regressions)) expectGolden(fromLookback(compute(close, numbers(benchmarkClose), golden.annualisation), 60).subarray(from), output[name], `${ticker} ${name}`);
  });

  it.each((golden?.crossSection.dates ?? []).map(({ date }, i) => [date, i] as const))('cross-section of %s', (date, i) => {
    const { input, ...expected } = golden.crossSection.dates[i];
    for (const [name, compute] of Object.entries(statistics)) expectGolden(compute(numbers(input)), expected[name], `${date} ${name}`);
  });

  it('covers every output of the file', () => {
    const compared = [...Object.keys(features(golden.window)), ...Object.keys(regressions)].sort();
    for (const { output } of Object.values(golden.tickers)) expect(Object.keys(output).sort()).toEqual(compared);
    for (const date of golden.crossSection.dates) expect(Object.keys(date).filter((name) => name !== 'date' && name !== 'input').sort()).toEqual(Object.keys(statistics).sort());
  });
});

/** NaN before the lookback is full, as the engine does: kernels alone give a value while four in five of a window are there. */
function fromLookback(values: Float64Array, lookback: number): Float64Array {
  return values.map((value, t) => (t < lookback ? Number.NaN : value));
}
