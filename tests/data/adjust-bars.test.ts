import { describe, expect, it } from 'vitest';

import { adjustBars } from '../../src/data/adjust-bars.js';
import { Panel } from '../../src/table/panel.js';

const missing = Number.NaN;

/** Two symbols, three sessions; AA splits two for one on the last session, after a dividend of 1 on the second. */
function stored(adjustedClose: readonly number[]): Panel {
  const columns = {
    open: Float64Array.of(99, 98, 49, 10, missing, 12),
    high: Float64Array.of(101, 101, 51, 11, missing, 13),
    low: Float64Array.of(98, 97, 48, 9, missing, 11),
    close: Float64Array.of(100, 100, 50, 10, missing, 12),
    volume: Float64Array.of(1000, 2000, 5000, 100, missing, 300),
    adjusted_close: Float64Array.from(adjustedClose),
  };
  return new Panel({ symbols: ['AA', 'BB'], sessions: Int32Array.of(10, 11, 12), columns });
}

const unknown = stored([missing, missing, missing, missing, missing, missing]);
const actions = new Map([['AA', [{ exDay: 11, kind: 'dividend', value: 1 }, { exDay: 12, kind: 'split', value: 2 }] as const]]);
const series = (panel: Panel, name: string, symbol: string): number[] => Array.from(panel.series(name, symbol));

describe('bars as stated by their source', () => {
  it('become total-return bars from raw prices by actions, with volume in shares of the last session', () => {
    const bars = adjustBars(unknown, 'raw', actions);
    expect(series(bars, 'close', 'AA')).toEqual([49.5, 50, 50]);
    expect(series(bars, 'open', 'AA')).toEqual([99 * 0.495, 49, 49]);
    expect(series(bars, 'high', 'AA')).toEqual([101 * 0.495, 50.5, 51]);
    expect(series(bars, 'low', 'AA')).toEqual([98 * 0.495, 48.5, 48]);
    expect(series(bars, 'volume', 'AA')).toEqual([2000, 4000, 5000]);
    expect(series(bars, 'close', 'BB')).toEqual([10, missing, 12]);
  });

  it('become total-return bars from split-adjusted ones by their adjusted close, with volume as it is', () => {
    const bars = adjustBars(stored([90, 95, 50, 10, missing, 12]), 'split-adjusted', actions);
    expect(series(bars, 'close', 'AA')).toEqual([90, 95, 50]);
    expect(series(bars, 'open', 'AA')).toEqual([99 * 0.9, 98 * 0.95, 49]);
    expect(series(bars, 'volume', 'AA')).toEqual([1000, 2000, 5000]);
    expect(series(bars, 'close', 'BB')).toEqual([10, missing, 12]);
  });

  it('stay as they are when split-adjusted without an adjusted close, and when total-return', () => {
    for (const bars of [adjustBars(unknown, 'split-adjusted', actions), adjustBars(stored([1, 2, 3, 4, 5, 6]), 'total-return', actions)]) {
      for (const name of ['open', 'high', 'low', 'close', 'volume']) expect(Array.from(bars.column(name))).toEqual(Array.from(unknown.column(name)));
    }
  });

  it('keep beside them what was quoted and how much money was traded, whatever the basis', () => {
    for (const basis of ['raw', 'split-adjusted', 'total-return'] as const) {
      const bars = adjustBars(stored([90, 95, 50, 10, missing, 12]), basis, actions);
      expect(bars.columnNames).toEqual(['open', 'high', 'low', 'close', 'volume', 'quotedOpen', 'quotedHigh', 'quotedLow', 'quotedClose', 'tradedValue']);
      expect(series(bars, 'quotedOpen', 'AA')).toEqual([99, 98, 49]);
      expect(series(bars, 'quotedClose', 'AA')).toEqual([100, 100, 50]);
      expect(series(bars, 'tradedValue', 'AA')).toEqual([100_000, 200_000, 250_000]);
      expect(series(bars, 'tradedValue', 'BB')).toEqual([1000, missing, 3600]);
    }
  });

  it('are copies: adjusting leaves the stored ones alone', () => {
    const before = Array.from(unknown.column('close'));
    adjustBars(unknown, 'raw', actions).column('close').fill(0);
    expect(Array.from(unknown.column('close'))).toEqual(before);
  });
});
