import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { makeSignals } from '../../../src/backtest/signals/makers/make-signals.js';
import { MakerColumn } from '../../../src/backtest/signals/makers/maker-column.js';
import { requireMakerParams, SIGNAL_MAKERS, signalMaker } from '../../../src/backtest/signals/makers/registry.js';
import type { MakerParams } from '../../../src/backtest/signals/makers/signal-maker.js';
import { Windows } from '../../../src/backtest/signals/makers/windows.js';
import { alone, walks } from '../grid/walks.js';

/** Parameters under which a maker of the registry says something of a random walk. */
const USUAL: Readonly<Record<string, MakerParams>> = {
  'crossing-averages': { fast: 3, slow: 10 },
  'crossing-exponentials': { fast: 3, slow: 10 },
  'rsi-thresholds': { period: 5, below: 35, above: 65 },
  breakout: { entry: 10, exit: 5 },
};

const count = (signals: Uint8Array): number => signals.reduce((sum, value) => sum + value, 0);
const where = (signals: Uint8Array): number[] => Array.from(signals.keys()).filter((t) => signals[t] === 1);

describe.each(SIGNAL_MAKERS.map((maker) => [maker.name, maker] as const))('the maker %s', (name, maker) => {
  const params = USUAL[name];

  it('says both of a random walk, and is described', () => {
    const { entries, exits } = makeSignals(walks(1, 400), name, params);
    expect(count(entries)).toBeGreaterThan(3);
    expect(count(exits)).toBeGreaterThan(3);
    expect([...entries, ...exits].every((value) => value === 0 || value === 1)).toBe(true);
    expect(maker.describe.length).toBeGreaterThan(20);
    expect(Object.keys(maker.params)).toEqual(Object.keys(params));
  });

  it('says of a bar what it says when later bars come', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 79 }), fc.boolean(), (seed, until, holes) => {
        const bars = walks(1, 80, { seed, holes });
        const [whole, part] = [makeSignals(bars, name, params), makeSignals(alone(bars, 0, until), name, params)];
        expect(part).toEqual({ entries: whole.entries.slice(0, until), exits: whole.exits.slice(0, until) });
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('passes over sessions without a close', () => {
    const bars = walks(1, 300, { seed: 2, holes: true });
    const there = Array.from(bars.close.keys()).filter((t) => bars.close[t] > 0);
    expect(there.length).toBeLessThan(300);
    const of = (values: Float64Array): Float64Array => Float64Array.from(there, (t) => values[t]);
    const dense = makeSignals({ open: of(bars.open), high: of(bars.high), low: of(bars.low), close: of(bars.close) }, name, params);
    const holed = makeSignals(bars, name, params);
    expect(where(holed.entries)).toEqual(where(dense.entries).map((bar) => there[bar]));
    expect(where(holed.exits)).toEqual(where(dense.exits).map((bar) => there[bar]));
  });

  it('says the same whatever was asked of the same column before', () => {
    const bars = walks(1, 200, { seed: 3 });
    const column = new MakerColumn(bars);
    const into = { entries: new Uint8Array(200).fill(1), exits: new Uint8Array(200).fill(1) };
    const others = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, value + 2]));
    for (const asked of [params, others, params]) {
      column.make(maker, asked, into);
      expect(into).toEqual(makeSignals(bars, name, asked));
    }
  });

  it('refuses parameters that are missing, unknown or out of bounds', () => {
    const [first] = Object.keys(params);
    for (const value of [Number.NaN, -1, 1e9]) expect(() => requireMakerParams(maker, { ...params, [first]: value })).toThrow(`expected ${first} as a`);
    expect(() => requireMakerParams(maker, { ...params, [`${first}s`]: 3 })).toThrow(`did you mean "${first}"?`);
    expect(() => requireMakerParams(maker, {})).toThrow('found undefined');
  });
});

describe('makers of signals', () => {
  it('say what their definition says', () => {
    const close = Float64Array.of(10, 9, 8, 9, 11, 12, 11, 9, 8, 7);
    const bars = { open: close, high: close, low: close, close };
    // averages of two closes: 9.5 8.5 8.5 10 11.5 11.5 10 8.5 7.5, of one: the close
    expect(makeSignals(bars, 'crossing-averages', { fast: 1, slow: 2 })).toEqual({ entries: Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0, 0), exits: Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0, 0) });
    expect(makeSignals(bars, 'breakout', { entry: 3, exit: 2 })).toEqual({ entries: Uint8Array.of(0, 0, 0, 0, 1, 1, 0, 0, 0, 0), exits: Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 1, 1, 1) });
  });

  it('refuse what contradicts itself, and names that none has', () => {
    expect(() => makeSignals(walks(1, 5), 'crossing-averages', { fast: 10, slow: 5 })).toThrow('expected fast below slow, found 10 and 5 in the signal maker "crossing-averages"');
    expect(() => makeSignals(walks(1, 5), 'rsi-thresholds', { period: 5, below: 70, above: 30 })).toThrow('expected below less than above, found 70 and 30');
    expect(() => signalMaker('crossing-average')).toThrow('found "crossing-average"; did you mean "crossing-averages"?');
  });

  it('compute each indicator once', () => {
    const windows = new Windows();
    let computed = 0;
    const of = (name: string, window: number): Float64Array => windows.of(name, window, () => Float64Array.of(++computed));
    expect([of('a', 1), of('a', 2), of('b', 1), of('a', 1), of('b', 1)].map(([value]) => value)).toEqual([1, 2, 3, 1, 3]);
    expect(windows.size).toBe(3);
  });
});
