import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { greeks } from '../../../src/options/pricing/greeks.js';
import { gammaByStrike, openInterestByStrike, peakStrike } from '../../../src/options/exposure/by-strike.js';
import { USUAL_CONVENTION } from '../../../src/options/exposure/convention.js';
import { conventionOf } from '../../../src/options/exposure/dealers.js';
import { gammaFlips, gammaProfile, gammaTerms, nearestFlip, profileSpots } from '../../../src/options/exposure/gamma-profile.js';
import { gammaAtSpot } from '../../../src/options/exposure/gamma-at-spot.js';
import { maxPain } from '../../../src/options/exposure/max-pain.js';
import type { OpenContracts } from '../../../src/options/exposure/open-contracts.js';
import { pinRisk } from '../../../src/options/exposure/pin-risk.js';
import { gammaWalls, openInterestWalls } from '../../../src/options/exposure/walls.js';

const contract = fc.record({ strike: fc.integer({ min: 50, max: 150 }), days: fc.integer({ min: 1, max: 400 }), volatility: fc.double({ min: 0.05, max: 2, noNaN: true }), open: fc.integer({ min: 1, max: 10_000 }), isCall: fc.boolean() });
const book = fc.array(contract, { minLength: 1, maxLength: 40 });

function contractsOf(list: readonly { strike: number; days: number; volatility: number; open: number; isCall: boolean }[]): OpenContracts {
  const column = (of: (one: (typeof list)[number]) => number): Float64Array => Float64Array.from(list, of);
  return { count: list.length, strike: column(({ strike }) => strike), years: column(({ days }) => days / 365), volatility: column(({ volatility }) => volatility), openInterest: column(({ open }) => open), isCall: Uint8Array.from(list, ({ isCall }) => (isCall ? 1 : 0)) };
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

describe('gamma exposure', () => {
  it('is gamma times open interest, a hundred shares, the squared spot and one percent, signed', () => {
    fc.assert(
      fc.property(book, fc.double({ min: 60, max: 140, noNaN: true }), (list, spot) => {
        const contracts = contractsOf(list);
        const { gamma } = greeks({ spot, strike: contracts.strike, years: contracts.years, rate: 0.04, dividendYield: 0, volatility: contracts.volatility, isCall: contracts.isCall }, ['gamma']);
        const expected = sum(gamma.map((value, i) => (list[i].isCall ? 1 : -1) * value * list[i].open * 100 * spot * spot * 0.01));
        const terms = gammaTerms(contracts, USUAL_CONVENTION);
        const byStrike = gammaByStrike(contracts, terms, spot);
        const scale = sum(gamma.map((value, i) => value * list[i].open * spot * spot));
        expect(Math.abs(sum(byStrike.call) + sum(byStrike.put) - expected)).toBeLessThanOrEqual(1e-10 * scale + 1e-12);
        const atSpot = gammaAtSpot(contracts, contracts.volatility, spot, USUAL_CONVENTION);
        // what lies so far from the money that it is left out, as a share of what each would have at its strike
        const peak = sum(terms.weight.map(Math.abs)) * spot;
        expect(Math.abs(sum(atSpot) - expected)).toBeLessThanOrEqual(1e-10 * scale + 1e-17 * peak + 1e-12);
        expect(Math.abs(gammaProfile(terms, Float64Array.of(spot))[0] - expected)).toBeLessThanOrEqual(1e-10 * scale + 1e-13 * peak + 1e-12);
      }),
      { numRuns: 200 },
    );
  });

  it('turns with the convention', () => {
    const contracts = contractsOf([{ strike: 100, days: 30, volatility: 0.3, open: 10, isCall: true }, { strike: 100, days: 30, volatility: 0.3, open: 10, isCall: false }]);
    const total = (dealers: Parameters<typeof conventionOf>[0]['dealers']): number => gammaProfile(gammaTerms(contracts, conventionOf({ dealers, rate: 0.04 })), Float64Array.of(100))[0];
    expect(total('long-calls-short-puts')).toBeCloseTo(0, 9);
    expect(total('long-calls-long-puts')).toBeGreaterThan(0);
    expect(total('short-calls-short-puts')).toBeCloseTo(-total('long-calls-long-puts'), 9);
  });

  it('flips where calls above and puts below balance, and nowhere with calls alone', () => {
    const put = { strike: 95, days: 30, volatility: 0.3, open: 100, isCall: false };
    const call = { strike: 105, days: 30, volatility: 0.3, open: 100, isCall: true };
    const flipsOf = (list: (typeof put)[]): number[] => {
      const spots = profileSpots(100, USUAL_CONVENTION);
      return gammaFlips(spots, gammaProfile(gammaTerms(contractsOf(list), USUAL_CONVENTION), spots));
    };
    const flips = flipsOf([put, call]);
    expect(flips).toHaveLength(1);
    expect(flips[0]).toBeGreaterThan(96);
    expect(flips[0]).toBeLessThan(104);
    expect(flipsOf([call])).toEqual([]);
    expect(nearestFlip([], 100)).toBeNaN();
    expect(nearestFlip([90, 104, 97], 100)).toBe(97);
    expect(nearestFlip([90, 110], 100)).toBe(90);
  });
});

describe('levels', () => {
  const strike = Float64Array.of(90, 100, 110);

  it('walls stand at the strike with most, the lowest of equal ones', () => {
    expect(gammaWalls({ strike, call: Float64Array.of(1, 5, 5), put: Float64Array.of(-7, -7, -2) })).toEqual({ callWall: 100, putWall: 90, netGammaPeak: 90 });
    expect(openInterestWalls({ strike, call: Float64Array.of(0, 0, 0), put: Float64Array.of(0, 2, 1) })).toEqual({ callWall: Number.NaN, putWall: 100 });
    expect(peakStrike(strike, [0, 0, 0])).toBeNaN();
  });

  it('max pain is the strike of the least payout, by trying all of them', () => {
    fc.assert(
      fc.property(book, (list) => {
        const byStrike = openInterestByStrike(contractsOf(list));
        const payout = (at: number): number => 100 * sum(Array.from(byStrike.strike, (own, k) => byStrike.call[k] * Math.max(at - own, 0) + byStrike.put[k] * Math.max(own - at, 0)));
        const best = Array.from(byStrike.strike).reduce((least, at) => (payout(at) < payout(least) ? at : least));
        const found = maxPain(byStrike);
        expect(found?.strike).toBe(best);
        expect(found?.payout).toBeCloseTo(payout(best), 4);
      }),
      { numRuns: 200 },
    );
    expect(maxPain({ strike, call: new Float64Array(3), put: new Float64Array(3) })).toBeNull();
  });

  it('a pin is the fullest strike within one expected move', () => {
    const open = { strike, call: Float64Array.of(900, 50, 10), put: Float64Array.of(0, 50, 40) };
    const found = pinRisk(open, { spot: 101, volatility: 0.3, years: 2 / 365 });
    expect(found).toMatchObject({ strike: 100, share: 100 / 1050 });
    expect(found!.distance).toBeLessThan(0);
    expect(pinRisk(open, { spot: 101, volatility: Number.NaN, years: 2 / 365 })).toBeNull();
    expect(pinRisk(open, { spot: 105, volatility: 0.05, years: 1 / 365 })).toBeNull();
  });
});
