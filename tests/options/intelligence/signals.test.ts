import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { gammaAcceleration } from '../../../src/options/intelligence/gamma-acceleration.js';
import { gammaPin } from '../../../src/options/intelligence/gamma-pin.js';
import { gammaResistance, gammaSupport } from '../../../src/options/intelligence/gamma-wall.js';
import { ivVersusRealized } from '../../../src/options/intelligence/iv-versus-realized.js';
import { openInterestRoll } from '../../../src/options/intelligence/open-interest-roll.js';
import { openInterestBuildUp, openInterestUnwinding } from '../../../src/options/intelligence/open-interest-trend.js';
import { putCallOpenInterestExtreme, putCallVolumeExtreme } from '../../../src/options/intelligence/put-call-extreme.js';
import type { DetectedSignal, OptionsSignal } from '../../../src/options/intelligence/signal.js';
import { madeHistory, type MadeHistory } from './made-history.js';

const COUNT = 120;
const LAST = COUNT - 1;

/** The one reading at the last session, or `undefined`. */
function read(signal: OptionsSignal, made: MadeHistory): DetectedSignal | undefined {
  const found = signal.detect(madeHistory({ sessions: COUNT, ...made }).latest());
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0];
}

/** `last` at the last session, before it numbers that go up and down about `usual`. */
const spike = (usual: number, last: number) => (t: number): number => (t === LAST ? last : usual * (1 + 0.1 * Math.sin(t)));

/** Volatility that is low in the first half, high in the second, or the other way round: the last session is stressed, or calm. */
const mood = (stressed: boolean) => (t: number): number => (t < COUNT / 2 === stressed ? 0.15 : 0.4) * (1 + 0.02 * Math.sin(3 * t));

describe('put/call extremes', () => {
  it.each([
    { puts: 40_000, stressed: false, direction: 'up' },
    { puts: 40_000, stressed: true, direction: 'down' },
    { puts: 1_000, stressed: false, direction: 'down' },
    { puts: 1_000, stressed: true, direction: 'up' },
  ])('$puts puts, stressed $stressed: $direction', ({ puts, stressed, direction }) => {
    const columns = { putVolume: spike(8_000, puts), putOpenInterest: spike(80_000, 10 * puts), volatility30: mood(stressed) };
    for (const signal of [putCallVolumeExtreme, putCallOpenInterestExtreme]) expect(read(signal, { columns })).toMatchObject({ direction });
    expect(read(putCallVolumeExtreme, { columns })?.sentence).toMatch(stressed ? /with the crowd/ : /against the crowd/);
  });

  it('a usual ratio, little trading, an unclear regime and a mixed chain say nothing', () => {
    const columns = { putVolume: spike(8_000, 40_000), volatility30: mood(false) };
    expect(read(putCallVolumeExtreme, { columns })).toBeDefined();
    expect(read(putCallVolumeExtreme, { columns: { ...columns, putVolume: spike(8_000, 8_000) } })).toBeUndefined();
    expect(read(putCallVolumeExtreme, { columns: { ...columns, putVolume: spike(80, 150), callVolume: 20 } })).toBeUndefined();
    expect(read(putCallVolumeExtreme, { columns: { ...columns, volatility30: 0.2 } })).toBeUndefined();
    expect(read(putCallVolumeExtreme, { columns: { ...columns, isMixed: (t) => (t === LAST ? 1 : 0) } })).toBeUndefined();
  });

  it('the window widens: the same extreme is surer with more sessions', () => {
    const at = (sessions: number): number => putCallVolumeExtreme.detect(madeHistory({ sessions, columns: { putVolume: (t) => (t === sessions - 1 ? 40_000 : 8_000 + t), volatility30: (t) => (t < sessions / 2 ? 0.4 : 0.15) } }).latest())[0].confidence;
    expect(at(40)).toBeLessThan(at(120));
    expect(at(120)).toBeLessThan(at(252));
    expect(at(252)).toBeCloseTo(at(300), 2);
  });
});

describe('gamma zones', () => {
  const long = { callGamma: 3e6, putGamma: -1e6 };
  const short = { callGamma: 1e6, putGamma: -3e6 };

  it('negative gamma accelerates, positive does not; a flip above the price makes it surer', () => {
    const alone = read(gammaAcceleration, { columns: short });
    expect(alone).toMatchObject({ direction: 'volatile', strength: 0.5, evidence: { gamma: -2e6, balance: -0.5 } });
    expect(read(gammaAcceleration, { columns: { ...short, gammaFlip: 104 } })).toMatchObject({ evidence: { flip: 104 } });
    expect(read(gammaAcceleration, { columns: { ...short, gammaFlip: 104 } })!.confidence).toBeGreaterThan(alone!.confidence);
    expect(read(gammaAcceleration, { columns: long })).toBeUndefined();
  });

  it('many contracts at a strike near the price pin it where gamma is positive', () => {
    const pin = { ...long, pinStrike: 100.5, pinShare: 0.3 };
    expect(read(gammaPin, { columns: pin })).toMatchObject({ direction: 'neutral', evidence: { strike: 100.5, share: 0.3 } });
    expect(read(gammaPin, { columns: { ...pin, ...short } })).toBeUndefined();
    expect(read(gammaPin, { columns: { ...pin, pinStrike: 108 } })).toBeUndefined();
    expect(read(gammaPin, { columns: { ...pin, pinShare: 0.02 } })).toBeUndefined();
    expect(read(gammaPin, { columns: { ...pin, pinStrike: 100 } })!.strength).toBeGreaterThan(read(gammaPin, { columns: pin })!.strength);
  });

  it('a put wall just below supports, a call wall just above resists; the nearer the more', () => {
    expect(read(gammaSupport, { columns: { ...long, putWall: 99 } })).toMatchObject({ direction: 'up', evidence: { wall: 99, spot: 100 } });
    expect(read(gammaResistance, { columns: { ...long, callWall: 101 } })).toMatchObject({ direction: 'down', evidence: { wall: 101, spot: 100 } });
    expect(read(gammaSupport, { columns: { ...long, putWall: 99.5 } })!.strength).toBeGreaterThan(read(gammaSupport, { columns: { ...long, putWall: 98 } })!.strength);
    for (const putWall of [101, 90]) expect(read(gammaSupport, { columns: { ...long, putWall } })).toBeUndefined();
    for (const callWall of [99, 110]) expect(read(gammaResistance, { columns: { ...long, callWall } })).toBeUndefined();
    expect(read(gammaSupport, { columns: { ...short, putWall: 99 } })).toBeUndefined();
  });
});

describe('implied against realized volatility', () => {
  /** Closes whose daily log returns are ± the volatility given. */
  const swinging = (annual: number) => (t: number): number => 100 * Math.exp((t % 2) * (annual / Math.sqrt(252)));

  it('high and far above realized is dear, low and below it is cheap', () => {
    const rising = { columns: { volatility30: (t: number) => 0.2 + 0.001 * t } };
    const falling = { columns: { volatility30: (t: number) => 0.3 - 0.001 * t } };
    expect(read(ivVersusRealized, { ...rising, close: swinging(0.16) })).toMatchObject({ direction: 'neutral', evidence: { rank: 1 } });
    expect(read(ivVersusRealized, { ...rising, close: swinging(0.16) })!.evidence['ratio']).toBeCloseTo(0.319 / 0.16, 9);
    expect(read(ivVersusRealized, { ...falling, close: swinging(0.3) })).toMatchObject({ direction: 'volatile', evidence: { rank: 0 } });
    expect(read(ivVersusRealized, { ...rising, close: swinging(0.3) })).toBeUndefined();
    expect(read(ivVersusRealized, { ...falling, close: swinging(0.16) })).toBeUndefined();
    expect(read(ivVersusRealized, { ...rising, close: (t) => (t === LAST - 3 ? Number.NaN : 100 + (t % 2)) })).toBeUndefined();
  });
});

describe('open interest', () => {
  /** Growth by noise of half a percent a session, then by `step` on each of the last five sessions of trading. */
  const growing = (step: number) => {
    const rng = createRng(5);
    const levels = [1e5];
    for (let t = 1; t < COUNT; t++) levels.push(levels[t - 1] * (1 + 0.005 * rng.normal() + (t > LAST - 5 ? step : 0)));
    return (t: number): number => levels[t];
  };
  // the trading that shows in the last five steps was on the sessions before each
  const moving = (change: number) => (t: number): number => (t < LAST - 5 ? 100 : 100 * (1 + (change * (Math.min(t, LAST - 1) - (LAST - 6))) / 5));

  it.each([
    { signal: openInterestBuildUp, other: openInterestUnwinding, step: 0.03, change: 0.06, direction: 'up', words: /new longs/ },
    { signal: openInterestBuildUp, other: openInterestUnwinding, step: 0.03, change: -0.06, direction: 'down', words: /new shorts/ },
    { signal: openInterestUnwinding, other: openInterestBuildUp, step: -0.03, change: 0.06, direction: 'down', words: /shorts that cover/ },
    { signal: openInterestUnwinding, other: openInterestBuildUp, step: -0.03, change: -0.06, direction: 'up', words: /longs that give up/ },
  ])('steps of $step with a price of $change: $direction', ({ signal, other, step, change, direction, words }) => {
    const made: MadeHistory = { columns: { callOpenInterest: growing(step), callVolume: 50_000 }, close: moving(change) };
    const found = read(signal, made);
    expect(found).toMatchObject({ direction });
    expect(found!.sentence).toMatch(words);
    expect(found!.evidence['return']).toBeCloseTo(change, 9);
    expect(read(other, made)).toBeUndefined();
  });

  it('the last return is not of the steps: a move of the last session only says nothing', () => {
    expect(read(openInterestBuildUp, { columns: { callOpenInterest: growing(0.03), callVolume: 50_000 }, close: (t) => (t === LAST ? 110 : 100) })).toBeUndefined();
  });

  it('steps across a split, or larger than what was traded, say nothing', () => {
    const made: MadeHistory = { columns: { callOpenInterest: growing(0.03), callVolume: 50_000 }, close: moving(0.06) };
    expect(read(openInterestBuildUp, { ...made, columns: { ...made.columns, spot: (t) => (t < LAST - 2 ? 400 : 100) } })).toBeUndefined();
    expect(read(openInterestBuildUp, { ...made, columns: { callOpenInterest: growing(0.3), callVolume: 10, putVolume: 10 } })).toBeUndefined();
  });

  it('contracts that move past the monthly expiry are rolled; those that only close, or expire, are not', () => {
    // 2026-06-08 is ten days before the monthly expiry: the Friday is a holiday
    const monthly = (drop: number) => (t: number): number => 60_000 - drop * Math.max(0, t - (LAST - 5));
    const later = (rise: number) => (t: number): number => 120_000 + rise * Math.max(0, t - (LAST - 5));
    expect(read(openInterestRoll, { columns: { monthlyOpenInterest: monthly(4_000), laterOpenInterest: later(3_500) } })).toMatchObject({ direction: 'neutral', evidence: { closed: 20_000, opened: 17_500, rolled: 17_500, days: 10 } });
    expect(read(openInterestRoll, { columns: { monthlyOpenInterest: monthly(4_000) } })).toBeUndefined();
    expect(read(openInterestRoll, { columns: { laterOpenInterest: later(3_500) } })).toBeUndefined();
    expect(read(openInterestRoll, { columns: { monthlyOpenInterest: monthly(4_000), laterOpenInterest: later(3_500), expiringOpenInterest: (t) => (t === LAST - 2 ? 18_000 : 0) } })).toBeUndefined();
    expect(read(openInterestRoll, { columns: { monthlyOpenInterest: monthly(4_000), laterOpenInterest: later(3_500), monthlyExpiry: 20_700 } })).toBeUndefined();
  });
});
