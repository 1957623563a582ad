import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SeriesFeature } from '../../src/features/feature.js';
import { beta } from '../../src/features/market/beta.js';
import { marketCorrelation } from '../../src/features/market/market-correlation.js';
import { residualVolatility } from '../../src/features/market/residual-volatility.js';
import { BAR_NAMES, seriesOf, type Bars } from '../features/bars.js';
import { goldenFolder, printSkipReason } from './folder.js';

type Column = readonly (number | null)[];

interface Golden {
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  readonly tickers: Readonly<Record<string, { readonly benchmarkClose: Column; readonly from: number; readonly output: Readonly<Record<string, Column>> }>>;
}

interface Inputs {
  readonly tickers: Readonly<Record<string, { readonly input: Readonly<Record<string, Column>> }>>;
}

const folder = goldenFolder();
printSkipReason('golden', 'features of the market model against pandas');

const read = <Content>(file: string): Content => (folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, file), 'utf8')) as Content));
const numbers = (column: Column): Float64Array => Float64Array.from(column, (value) => value ?? Number.NaN);

const FEATURES: Readonly<Record<string, SeriesFeature>> = { beta60: beta(60), residualVol60: residualVolatility(60), corr60: marketCorrelation(60) };

describe.skipIf(folder === null)('features of the market model against pandas', () => {
  const golden = read<Golden>('volatility.json');
  const inputs = read<Inputs>('indicators.json');

  it.each(folder === null ? [] : Object.keys(golden.tickers))('%s', (ticker) => {
    const { benchmarkClose, from, output } = golden.tickers[ticker];
    const bars = Object.fromEntries(BAR_NAMES.map((name) => [name, numbers(inputs.tickers[ticker].input[name])])) as Bars;
    const benchmark = numbers(benchmarkClose);
    const series = seriesOf(bars, { indexReturn: benchmark.map((close, t) => (t === 0 ? Number.NaN : close / benchmark[t - 1] - 1)) });
    for (const [name, feature] of Object.entries(FEATURES)) {
      const found = feature.compute(series);
      expect(output[name].some((value) => value !== null), name).toBe(true);
      output[name].forEach((value, i) => {
        const own = from + i < feature.lookback ? Number.NaN : found[from + i]; // as the engine blanks it
        if (value === null) expect(own, `${name} at ${from + i}`).toBeNaN();
        else expect(Math.abs(own - value), `${name} at ${from + i}`).toBeLessThanOrEqual(golden.tolerance.relative * Math.abs(value) + golden.tolerance.absolute);
      });
    }
  });
});
