import { describe, expect, it } from 'vitest';

import { newPositions } from '../../../src/options/intelligence/new-positions.js';
import { notableTrading } from '../../../src/options/intelligence/notable-trading.js';
import type { DetectedSignal } from '../../../src/options/intelligence/signal.js';
import { unusualActivity } from '../../../src/options/intelligence/unusual-activity.js';
import { madeChain, type MadeContract } from './made-chains.js';
import { madeHistory, madeSessions } from './made-history.js';

const COUNT = 30;
const sessions = madeSessions(COUNT);
const [before, now] = [sessions[COUNT - 2], sessions[COUNT - 1]];

/** 20,000 traded where 100 were open, ten days out of the money; a premium of about half a million. */
const burst = (strike: number, more: Partial<MadeContract> = {}): MadeContract => ({ days: 44, strike, isCall: strike > 100, volume: 20_000, openInterest: 100, ...more });

describe('notable trading', () => {
  it('is out of the money, far above what was open, dear enough and not about to expire', () => {
    const found = (special: MadeContract): number => notableTrading(madeChain({ session: now, special: [special] }).rows).contracts.length;
    expect(found(burst(110))).toBe(1);
    expect(found(burst(90))).toBe(1);
    expect(found(burst(110, { isCall: false }))).toBe(0);
    expect(found(burst(110, { openInterest: 10_000 }))).toBe(0);
    expect(found(burst(110, { volume: 300 }))).toBe(0);
    expect(found(burst(101, { days: 1, volume: 90_000 }))).toBe(0);
  });

  it('counts money by hand', () => {
    const { rows } = madeChain({ session: now, special: [burst(110), burst(90, { volume: 10_000 })] });
    const { contracts, callPremium, putPremium, lean, share } = notableTrading(rows);
    const priceAt = (strike: number, isCall: number): number => rows.price[Array.from(rows.strike.keys()).findIndex((i) => rows.strike[i] === strike && rows.isCall[i] === isCall && rows.expiry[i] === now + 44)];
    expect(callPremium).toBeCloseTo(priceAt(110, 1) * 20_000 * 100, 6);
    expect(putPremium).toBeCloseTo(priceAt(90, 0) * 10_000 * 100, 6);
    expect(lean).toBeCloseTo((callPremium - putPremium) / (callPremium + putPremium), 12);
    expect(contracts[0].premium).toBeGreaterThan(contracts[1].premium);
    expect(share).toBeGreaterThan(0.5);
  });
});

describe('unusual activity', () => {
  const read = (special: MadeContract[], today = 5e5): DetectedSignal | undefined =>
    unusualActivity.detect(madeHistory({ sessions: COUNT, columns: { newCallPremium: (t) => (t === COUNT - 1 ? today : 1e5), newPutPremium: 1e5 } }).latest({ chain: madeChain({ session: now, special }) }))[0];

  it('calls say up, puts say down, both say nothing about the way', () => {
    expect(read([burst(110)])).toMatchObject({ direction: 'up', evidence: { contracts: 1, strike1: 110, isCall1: 1, volume1: 20_000, openInterest1: 100, expiry1: now + 44 } });
    expect(read([burst(90)])).toMatchObject({ direction: 'down', evidence: { strike1: 90, isCall1: 0 } });
    expect(read([burst(110), burst(90)])).toMatchObject({ direction: 'neutral' });
    expect(read([burst(110)])!.sentence).toMatch(/20,000 calls at 110\.00 .* Whether they were bought or sold is not known\.$/);
  });

  it('what is traded every day is not unusual, nor is a chain without it', () => {
    expect(read([burst(110)], 1e5)).toBeUndefined();
    expect(read([])).toBeUndefined();
  });

  it('needs the chain', () => {
    expect(unusualActivity.detect(madeHistory({ sessions: COUNT, columns: { newCallPremium: (t) => (t === COUNT - 1 ? 5e5 : 1e5) } }).latest())).toEqual([]);
  });
});

describe('new positions', () => {
  const read = (special: MadeContract, openAfter: number, gap = before): DetectedSignal | undefined => {
    const previous = madeChain({ session: gap, special: [special], origin: before });
    const chain = madeChain({ session: now, special: [{ ...special, volume: 50, openInterest: openAfter }], origin: before });
    return newPositions.detect(madeHistory({ sessions: COUNT }).latest({ chain, previous }))[0];
  };

  it('trading that stays open is new positions, by calls up and by puts down', () => {
    expect(read(burst(110), 18_100)).toMatchObject({ direction: 'up', evidence: { traded: 20_000, opened: 18_000, share: 0.9 }, confidence: 0.9 });
    expect(read(burst(90), 18_100)).toMatchObject({ direction: 'down' });
  });

  it('trading that does not stay open is none', () => {
    expect(read(burst(110), 100)).toBeUndefined();
    expect(read(burst(110), 5_000)).toBeUndefined();
  });

  it('no more than was traded can have been opened by it', () => {
    expect(read(burst(110), 90_000)).toMatchObject({ evidence: { opened: 20_000, share: 1 } });
  });

  it('the chain before must be of the session before', () => {
    expect(read(burst(110), 18_100, sessions[COUNT - 3])).toBeUndefined();
  });
});
