import { describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import { cleanChain } from '../../../src/options/chain/clean-chain.js';
import type { OptionChain } from '../../../src/options/chain/option-chain.js';
import { nextMonthlyExpiry } from '../../../src/options/summary/monthly-expiry.js';
import { chainPanel } from '../../../src/options/panel/chain-panel.js';
import { SUMMARY_COLUMN_NAMES, type ChainSummary } from '../../../src/options/summary/columns.js';
import { summarizeChain } from '../../../src/options/summary/summarize-chain.js';
import { flatRate } from '../../../src/options/surface/rate-curve.js';
import { valueChain } from '../../../src/options/valuation/valued-chain.js';
import { madeChain, type MadeChainOptions } from '../made-chain.js';

const summaryOf = (chain: OptionChain, rate = 0.04): ChainSummary => summarizeChain(valueChain(cleanChain(chain), { curve: flatRate(rate) }));
/** A smile that falls with the strike, and a term structure that rises. */
const SKEWED: MadeChainOptions = { volatility: (k, years) => 0.25 + 0.05 * Math.sqrt(years) - 0.1 * k };

describe('the line of a chain', () => {
  it('has a number in each column of a full chain', () => {
    const summary = summaryOf(madeChain(SKEWED));
    expect(Object.keys(summary).sort()).toEqual([...SUMMARY_COLUMN_NAMES].sort());
    // a balanced book of calls and puts has no exposure to flip
    expect(SUMMARY_COLUMN_NAMES.filter((name) => Number.isNaN(summary[name]) && name !== 'gammaFlip')).toEqual([]);
  });

  it.each<[string, MadeChainOptions]>([['volatilities of the source', {}], ['quotes', { halfSpread: 0.005 }], ['last trades alone', { hasVolatility: false }], ['quotes of a payer of dividends', { halfSpread: 0.005, dividendYield: 0.03 }]])('finds a flat volatility again from %s', (_, more) => {
    const summary = summaryOf(madeChain({ volatility: () => 0.32, ...more }));
    for (const name of ['volatility7', 'volatility30', 'volatility60', 'volatility90', 'call25', 'put25'] as const) expect(summary[name], name).toBeCloseTo(0.32, 2);
    expect(Math.sqrt(summary.modelFreeVariance30)).toBeCloseTo(0.32, 1);
    expect(Math.abs(summary.eventMove)).toBeLessThan(0.01);
  });

  it('finds slope, skew and an event again', () => {
    const skewed = summaryOf(madeChain(SKEWED));
    expect(skewed.put25 - skewed.call25).toBeGreaterThan(0.01);
    expect(skewed.volatility90 - skewed.volatility7).toBeGreaterThan(0.015);
    const move = 0.06;
    const withEvent = summaryOf(madeChain({ volatility: (_, years) => Math.sqrt(0.25 ** 2 + move ** 2 / years) }));
    expect(withEvent.eventMove).toBeCloseTo(move, 2);
  });

  it('counts contracts as they are', () => {
    const summary = summaryOf(madeChain({ days: [0, 10, 40], openInterest: (strike, isCall) => (isCall ? 10 : 20), volume: (strike, isCall) => (isCall ? 3 : 5) }));
    expect(summary).toMatchObject({ contracts: 246, callVolume: 3 * 123, putVolume: 5 * 123, callOpenInterest: 10 * 123, putOpenInterest: 20 * 123, expiringOpenInterest: 30 * 41 });
    expect(summary.monthlyOpenInterest + summary.laterOpenInterest).toBe(30 * 82);
    // nothing traded more than was open
    expect([summary.newCallPremium, summary.newPutPremium]).toEqual([0, 0]);
    expect(summaryOf(madeChain({ volume: () => 200 })).newCallPremium).toBeGreaterThan(0);
  });

  it('moves with the price as it must: shifting all prices by a factor leaves ratios, and scales money', () => {
    const [one, ten] = [summaryOf(madeChain(SKEWED)), summaryOf(madeChain({ ...SKEWED, spot: 1000 }))];
    for (const name of ['volatility30', 'put25', 'meanDelta', 'meanVega', 'meanTheta', 'meanVanna', 'meanCharm'] as const) expect(ten[name], name).toBeCloseTo(one[name], 4);
    expect(ten.callGamma / one.callGamma).toBeCloseTo(10, 2);
    expect(ten.maxPain / one.maxPain).toBeCloseTo(10, 6);
  });

  it('says NaN, not zero, of a chain without prices', () => {
    const summary = summaryOf(madeChain({ volume: () => 0, hasVolatility: false }));
    for (const name of ['volatility30', 'callGamma', 'callWall', 'meanDelta', 'newCallPremium', 'modelFreeVariance30'] as const) expect(summary[name], name).toBeNaN();
    expect(summary.callOpenInterest).toBeGreaterThan(0);
  });

  it('does not take what the source does not tell for nothing', () => {
    const chain = madeChain();
    const none = new Float64Array(chain.expiry.length).fill(Number.NaN);
    const [noOpen, noVolume] = [summaryOf({ ...chain, openInterest: none }), summaryOf({ ...chain, volume: none })];
    for (const name of ['callOpenInterest', 'putOpenInterest', 'monthlyOpenInterest', 'newCallPremium', 'newPutPremium', 'callGamma', 'meanDelta', 'maxPain'] as const) expect(noOpen[name], name).toBeNaN();
    expect(noOpen.callVolume).toBeGreaterThan(0);
    expect(noVolume.callVolume).toBeNaN();
    expect(noVolume.callOpenInterest).toBeGreaterThan(0);
  });

  it('is the same whoever asks: a chain of weekly expiries from one day on', () => {
    const weekly = madeChain({ ...SKEWED, days: [1, 8, 15, 22, 36, 64, 92], halfSpread: 0.01 });
    const valued = valueChain(cleanChain(weekly), { curve: flatRate(0.04) });
    expect(valued.volatilityFrom.none).toBe(0);
    expect(valued.expiries.map(({ days }) => days)).toEqual([1, 8, 15, 22, 36, 64, 92]);
    const nearest = valued.rows.years.findLastIndex((years) => years * 365 < 1.5);
    expect(valued.volatility.subarray(0, nearest + 1).every((value) => value > 0)).toBe(true);
    expect(chainPanel(valued).summary).toEqual(summarizeChain(valued));
  });

  it('knows the third Fridays, and the session before where the exchange is closed', () => {
    const next = (day: string): string => fromEpochDay(nextMonthlyExpiry(toEpochDay(isoDate(day))));
    expect([next('2026-05-01'), next('2026-12-30'), next('2027-01-15')]).toEqual(['2026-05-15', '2027-01-15', '2027-02-19']);
    // Juneteenth and Good Fridays
    expect([next('2026-06-01'), next('2026-06-18'), next('2014-04-01'), next('2022-04-14')]).toEqual(['2026-06-18', '2026-07-17', '2014-04-17', '2022-05-20']);
  });
});
