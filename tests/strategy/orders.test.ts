import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { momentumConfig } from '../../src/strategy/momentum/config.js';
import { momentum } from '../../src/strategy/momentum/momentum.js';
import { entryOrder } from '../../src/strategy/orders/entry-order.js';
import { stopLevel } from '../../src/strategy/orders/stop-level.js';
import { targetLevel } from '../../src/strategy/orders/target-level.js';
import { trailingDistance } from '../../src/strategy/orders/trailing-distance.js';
import { priorityConfig } from '../../src/strategy/priority/config.js';
import type { Target } from '../../src/strategy/strategy.js';
import type { MarketView } from '../../src/strategy/view.js';
import { sceneOf } from './made-bars.js';
import { emptyBook } from './market.js';
import { scene } from './scene.js';

const STRUCTURE = { stop: 'structure', stopRanges: 3, structureSessions: 5 } as const;
const VOLATILITY = { ...STRUCTURE, stop: 'volatility' } as const;

/** One name with these lows, closes of 100 and a factor between what is comparable over time and what is quoted. */
const withLows = (lows: readonly number[], basis = 1): MarketView => sceneOf({ A: { low: lows, close: lows.map(() => 100), basis } });
const stopOf = (lows: readonly number[], settings: Parameters<typeof stopLevel>[3] = STRUCTURE, entry = 100): ReturnType<typeof stopLevel> => stopLevel(withLows(lows), 'A', { entry, range: 0.02 }, settings);

describe('an entry', () => {
  it('is at the open, or limited so many ranges below the close', () => {
    expect(entryOrder(100, 0.02, { entry: 'open', limitRanges: 1 })).toEqual({ kind: 'open' });
    expect(entryOrder(100, 0.02, { entry: 'limit', limitRanges: 0.25 })).toEqual({ kind: 'limit', limit: 99.5 });
    expect(entryOrder(100, 0.02, { entry: 'limit', limitRanges: 0 })).toEqual({ kind: 'limit', limit: 100 });
  });

  it('is never limited to less than a cent', () => {
    expect(entryOrder(0.02, 0.5, { entry: 'limit', limitRanges: 5 })).toEqual({ kind: 'limit', limit: 0.01 });
  });
});

describe('a stop by volatility', () => {
  it('is so many ranges below the close', () => {
    expect(stopOf([80, 80, 80, 80, 80], VOLATILITY)).toEqual({ stop: 94, low: null });
  });

  it('is never below a cent', () => {
    expect(stopLevel(scene({ A: { close: 1 } }), 'A', { entry: 1, range: 0.5 }, VOLATILITY)).toEqual({ stop: 0.01, low: null });
  });
});

describe('a stop below lows', () => {
  it('is a quarter of a range below the lowest low where that is nearer', () => {
    expect(stopOf([99, 97, 98, 99, 99])).toEqual({ stop: 96.5, low: 97 });
  });

  it('is that by volatility where the low is further', () => {
    expect(stopOf([99, 94.4, 98, 99, 99])).toEqual({ stop: 94, low: null });
    expect(stopOf([99, 94.5, 98, 99, 99])).toEqual({ stop: 94, low: null });
    expect(stopOf([99, 94.6, 98, 99, 99]).low).toBe(94.6);
  });

  it('looks at its sessions and no further back', () => {
    expect(stopOf([95, 99, 97, 98, 99, 99])).toEqual({ stop: 96.5, low: 97 });
    expect(stopOf([95, 99, 97, 98, 99, 99], { ...STRUCTURE, structureSessions: 6 }).low).toBe(95);
  });

  it('passes over sessions without a low, and is by volatility without any', () => {
    expect(stopOf([Number.NaN, 97, Number.NaN, 99, 99]).low).toBe(97);
    expect(stopOf([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN])).toEqual({ stop: 94, low: null });
  });

  it('is a quoted price, whatever the basis of the bars', () => {
    const { stop, low } = stopLevel(withLows([99, 97, 98, 99, 99], 2), 'A', { entry: 200, range: 0.02 }, STRUCTURE);
    expect([stop, low]).toEqual([193, 194]);
  });

  it('is not above what is paid: then it is by volatility', () => {
    expect(stopOf([99, 97, 98, 99, 99], STRUCTURE, 96.6).low).toBe(97);
    expect(stopOf([99, 97, 98, 99, 99], STRUCTURE, 96.5)).toEqual({ stop: 94, low: null });
  });
});

describe('a target and a trailing stop', () => {
  it('are so many ranges from the close', () => {
    expect(targetLevel(50, 0.02, { targetRanges: 5 })).toBeCloseTo(55, 12);
    expect(trailingDistance(50, 0.02, { trailingRanges: 2.5 })).toBeCloseTo(2.5, 12);
  });

  it('that trails by nothing does not trail', () => {
    expect(trailingDistance(50, 0.02, { trailingRanges: 0 })).toBeNull();
  });
});

const entered = (settings: object): Target => momentum(momentumConfig.parse(settings)).decide(scene({ A: { close: 80 } }), emptyBook()).targets[0];

describe('a trade', () => {
  it('has all of its levels from the close, and says so', () => {
    const target = entered({ entry: 'limit', limitRanges: 0.5, stopRanges: 2, targetRanges: 4, trailingRanges: 3, horizon: 7 });
    expect(target).toMatchObject({ entry: 80, order: { kind: 'limit', limit: expect.closeTo(79.2, 4) }, stop: expect.closeTo(76.8, 4), target: expect.closeTo(86.4, 4), trailing: expect.closeTo(4.8, 4), horizon: 7 });
    expect(target.evidence.map(({ code }) => code)).toEqual(['momentum', 'size', 'levels', 'trailing', 'limit', 'liquidity']);
    expect(target.evidence[4].values).toEqual({ limit: expect.closeTo(79.2, 4), close: 80, ranges: 0.5 });
  });

  it('names the low that holds its stop', () => {
    const view = sceneOf({ A: { low: [99, 97, 98, 99, 99], close: [100, 100, 100, 100, 100], features: { 'momentum-12-1': 0.2, 'realized-volatility-63': 0.3, 'average-true-range-14': 0.02 } } });
    const [target] = momentum(momentumConfig.parse({ stop: 'structure', structureSessions: 5 })).decide(view, emptyBook()).targets;
    expect(target.evidence.find(({ code }) => code === 'structure-stop')?.values).toEqual({ stop: expect.closeTo(96.5, 6), low: 97, sessions: 5, target: expect.closeTo(110, 6), range: expect.closeTo(2, 6), targetRanges: 5 });
    expect(target.evidence.map(({ code }) => code)).not.toContain('levels');
  });

  it('carries the levels of any close and range in their order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 500_000 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 21, max: 80 }), (cents, steps, limitRanges, stopRanges) => {
        const [close, range] = [cents / 100, steps / 1000];
        const order = entryOrder(close, range, { entry: 'limit', limitRanges: limitRanges / 10 });
        const { stop } = stopLevel(scene({ A: { close } }), 'A', { entry: close, range }, { ...VOLATILITY, stopRanges: stopRanges / 10 });
        const limit = order.kind === 'limit' ? order.limit : Number.NaN;
        expect(stop).toBeGreaterThanOrEqual(0.01);
        expect(limit).toBeLessThanOrEqual(close);
        expect(stop < limit || stop === 0.01).toBe(true);
        expect(targetLevel(close, range, { targetRanges: 1 })).toBeGreaterThan(close);
      }),
      { seed: 31, numRuns: 200 },
    );
  });
});

describe('settings of order rules', () => {
  it('that would buy at or below the stop are refused', () => {
    for (const config of [momentumConfig, priorityConfig]) {
      expect(config.safeParse({ entry: 'limit', limitRanges: 3, stopRanges: 3 }).error?.issues[0]).toMatchObject({ path: ['limitRanges'], message: 'expected limitRanges below stopRanges where entries are limited' });
      expect(config.safeParse({ entry: 'limit', limitRanges: 2.9, stopRanges: 3 }).success).toBe(true);
      expect(config.safeParse({ entry: 'open', limitRanges: 3, stopRanges: 3 }).success).toBe(true);
    }
  });
});
