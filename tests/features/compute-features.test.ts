import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import type { SeriesFeature } from '../../src/features/feature.js';
import { momentum121 } from '../../src/features/momentum/momentum-12-1.js';
import { averageTrueRange } from '../../src/features/volatility/average-true-range.js';
import { realizedVolatility } from '../../src/features/volatility/realized-volatility.js';
import { Panel } from '../../src/table/panel.js';
import { BAR_NAMES, cleanBars, seriesOf } from './bars.js';

const FEATURES: readonly SeriesFeature[] = [momentum121, realizedVolatility(21), realizedVolatility(63), averageTrueRange(14)];
const WIDTH = 300;
const SYMBOLS = ['A', 'B', 'C'];

/** Three instruments beside each other, with marks where a test sets them. */
function panel(marks: { segment?: Float64Array; suspect?: Float64Array } = {}): Panel {
  const sources = SYMBOLS.map((_, row) => cleanBars(WIDTH, 10 + row));
  const columns = Object.fromEntries(BAR_NAMES.map((name) => [name, Float64Array.from(sources.flatMap((bars) => Array.from(bars[name])))]));
  return new Panel({ symbols: SYMBOLS, sessions: Int32Array.from({ length: WIDTH }, (_, t) => 18_000 + t), columns: { ...columns, ...marks } });
}

const marked = (row: number, from: number, to = WIDTH, value = 1): Float64Array => new Float64Array(SYMBOLS.length * WIDTH).fill(value, row * WIDTH + from, row * WIDTH + to);
const missing = (features: Panel, name: string, symbol: string): number[] => [...features.series(name, symbol).keys()].filter((t) => Number.isNaN(features.series(name, symbol)[t]));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('computeFeatures', () => {
  it('gives Float32 columns over the same axes', () => {
    const bars = panel();
    const features = computeFeatures({ bars }, FEATURES);
    expect(features.symbols).toEqual(SYMBOLS);
    expect(features.sessions).toEqual(bars.sessions);
    expect(features.columnNames).toEqual(FEATURES.map(({ name }) => name));
    for (const name of features.columnNames) expect(features.columnType(name)).toBe('float32');
  });

  it('gives each instrument its own values', () => {
    const bars = panel();
    const features = computeFeatures({ bars }, FEATURES);
    for (const { name, lookback, compute } of FEATURES) {
      SYMBOLS.forEach((symbol, row) => expect(features.series(name, symbol)).toEqual(Float32Array.from(compute(seriesOf(cleanBars(WIDTH, 10 + row))), (value, t) => (t < lookback ? Number.NaN : value))));
    }
  });

  it('blanks values whose window holds a break, until the break has left it', () => {
    const features = computeFeatures({ bars: panel({ segment: marked(1, 100) }) }, [realizedVolatility(21)]);
    expect(missing(features, 'realized-volatility-21', 'B')).toEqual([...range(0, 21), ...range(100, 121)]);
    expect(missing(features, 'realized-volatility-21', 'A')).toEqual(range(0, 21));
    expect(missing(features, 'realized-volatility-21', 'C')).toEqual(range(0, 21));
  });

  it('reads nothing from before a break: absurd prices there change no value that is left', () => {
    const segment = marked(1, 100);
    const bars = panel({ segment });
    const close = bars.column('close').slice();
    close.fill(1e-6, WIDTH, WIDTH + 100);
    const [honest, absurd] = [bars, bars.with({ close })].map((given) => computeFeatures({ bars: given }, FEATURES.filter(({ lookback }) => lookback < 150)));
    for (const name of honest.columnNames) expect(absurd.series(name, 'B').subarray(100)).toEqual(honest.series(name, 'B').subarray(100));
  });

  it('counts breaks one after the other', () => {
    const segment = marked(0, 50).map((value, i) => value + marked(0, 60)[i]);
    const features = computeFeatures({ bars: panel({ segment }) }, [realizedVolatility(21)]);
    expect(missing(features, 'realized-volatility-21', 'A')).toEqual([...range(0, 21), ...range(50, 81)]);
  });

  it('blanks every feature at a suspect session and no other', () => {
    const features = computeFeatures({ bars: panel({ suspect: marked(2, 280, 281) }) }, FEATURES);
    for (const { name, lookback } of FEATURES) {
      expect(missing(features, name, 'C')).toEqual([...range(0, lookback), 280]);
      expect(missing(features, name, 'A')).toEqual(range(0, lookback));
    }
  });

  it('gives no columns for no features', () => {
    expect(computeFeatures({ bars: panel() }, []).columnNames).toEqual([]);
  });

  it('refuses a panel without a bar column, naming what it has', () => {
    const error = (() => {
      try {
        computeFeatures({ bars: panel().columns(['open', 'close']) }, FEATURES);
        return null;
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(InvariantError);
    expect((error as Error).message).toBe('expected the bar columns open, high, low, close, volume, found open, close in a panel for features');
  });

  it.each([-1, 1])('refuses a feature that gives %d values too many, instead of writing into a neighbour', (extra) => {
    const odd: SeriesFeature = { kind: 'series', family: 'trend', formula: 'none', inputs: ['bars'], name: 'odd', describe: 'odd', unit: 'ratio', source: 'test', lookback: 0, compute: ({ close }) => new Float64Array(close.length + extra) };
    expect(() => computeFeatures({ bars: panel() }, [odd])).toThrow(`expected one value for each of 300 sessions, found ${300 + extra} in feature "odd"`);
  });
});
