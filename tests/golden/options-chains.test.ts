import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { rows as queryRows, withDuckDB } from '../../src/data/store/duckdb.js';
import { contractOrder } from '../../src/options/chain/contract-order.js';
import { expirySlices } from '../../src/options/chain/clean-rows.js';
import { atTheMoneyVolatility, volatilityAt, volatilityAtDelta } from '../../src/options/chain/listed-volatility.js';
import { gammaByStrike, openInterestByStrike } from '../../src/options/exposure/by-strike.js';
import { USUAL_CONVENTION } from '../../src/options/exposure/convention.js';
import { gammaFlips, gammaProfile, gammaTerms, nearestFlip, profileSpots } from '../../src/options/exposure/gamma-profile.js';
import { maxPain } from '../../src/options/exposure/max-pain.js';
import { openContracts } from '../../src/options/exposure/open-contracts.js';
import { gammaWalls, openInterestWalls } from '../../src/options/exposure/walls.js';
import { goldenFolder, printSkipReason } from './folder.js';

interface Pain {
  readonly days?: number;
  readonly strike: number;
  readonly payout: number;
}

interface GoldenChain {
  readonly spot: number;
  readonly rows: number;
  readonly callVolume: number;
  readonly putVolume: number;
  readonly callOi: number;
  readonly putOi: number;
  readonly totalOi: number;
  readonly pcrVolume: number | null;
  readonly pcrOi: number | null;
  readonly maxPainFront: Pain;
  readonly maxPainLargest: Pain;
  readonly maxPainAll: Pain;
  readonly gexRows: number;
  readonly gexCall: number;
  readonly gexPut: number;
  readonly gexTotal: number;
  readonly callWall: number;
  readonly putWall: number;
  readonly netGammaPeakStrike: number;
  readonly oiCallWall: number;
  readonly oiPutWall: number;
  readonly gexProfile: readonly number[];
  readonly gammaFlip: number | null;
  readonly gammaFlips: readonly number[];
  readonly atmIvByDays: Readonly<Record<string, number>>;
  readonly atmIv30: number | null;
  readonly skew: { readonly days: number; readonly ivCall25: number | null; readonly ivPut25: number | null; readonly skew25: number | null } | null;
}

interface Golden {
  readonly tolerance: { readonly relative: number };
  readonly chains: Readonly<Record<string, GoldenChain>>;
}

interface Chain {
  readonly session: number;
  readonly count: number;
  readonly expiry: Int32Array;
  readonly years: Float64Array;
  readonly strike: Float64Array;
  readonly isCall: Uint8Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
  readonly volatility: Float64Array;
}

const folder = goldenFolder();
printSkipReason('golden', 'chains against pandas and QuantLib');
const golden: Golden = folder === null ? { tolerance: { relative: 0 }, chains: {} } : (JSON.parse(readFileSync(join(folder, 'options-chains.json'), 'utf8')) as Golden);
const chains = new Map<string, Chain>();

beforeAll(async () => {
  if (folder === null) return;
  await withDuckDB(async (connection) => {
    const table = await queryRows(connection, `select underlying, cast(cast(date as date) as varchar) as date, cast(cast(expiration as date) - date '1970-01-01' as integer) as expiry, strike::double as strike, cp, coalesce(volume, 0)::double as volume, coalesce(open_interest, 0)::double as oi, iv::double as iv from read_parquet('${join(folder, 'options-chains-input.parquet')}')`);
    for (const name of Object.keys(golden.chains)) {
      const [underlying, date] = name.split(' ');
      const own = table.filter((row) => row['underlying'] === underlying && row['date'] === date);
      chains.set(name, chainOf(own, toEpochDay(date as IsoDate)));
    }
  });
});

function chainOf(table: readonly Record<string, unknown>[], session: number): Chain {
  const number = (name: string): Float64Array => Float64Array.from(table, (row) => (row[name] === null ? Number.NaN : Number(row[name])));
  const raw = { expiry: Int32Array.from(number('expiry')), strike: number('strike'), isCall: Uint8Array.from(table, (row) => (row['cp'] === 'C' ? 1 : 0)) };
  const order = contractOrder(raw);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(order, (row) => values[row]);
  const expiry = Int32Array.from(order, (row) => raw.expiry[row]);
  return {
    session, expiry,
    count: table.length,
    years: Float64Array.from(expiry, (day) => (day - session) / 365),
    strike: pick(raw.strike),
    isCall: Uint8Array.from(order, (row) => raw.isCall[row]),
    volume: pick(number('volume')), openInterest: pick(number('oi')), volatility: pick(number('iv')),
  };
}

function close(found: number, expected: number | null | undefined, what: string): void {
  if (expected === null || expected === undefined) expect(found, what).toBeNaN();
  else expect(Math.abs(found - expected), `${what}: expected ${expected}, found ${found}`).toBeLessThanOrEqual(golden.tolerance.relative * Math.max(Math.abs(expected), 1e-12));
}

const believed = ({ volatility }: Chain): Float64Array => volatility.map((value) => (value >= 0.01 && value <= 3 ? value : Number.NaN));
const sum = (values: Float64Array, isWanted: (i: number) => boolean): number => values.reduce((total, value, i) => (isWanted(i) ? total + value : total), 0);

describe.skipIf(folder === null)('option chains as pandas and QuantLib have them', () => {
  describe.each(Object.keys(golden.chains))('%s', (name) => {
    const want = golden.chains[name];
    const chain = (): Chain => chains.get(name) as Chain;

    it('volume and open interest', () => {
      const { isCall, volume, openInterest, count } = chain();
      expect(count).toBe(want.rows);
      const [callVolume, putVolume] = [sum(volume, (i) => isCall[i] === 1), sum(volume, (i) => isCall[i] === 0)];
      const [callOi, putOi] = [sum(openInterest, (i) => isCall[i] === 1), sum(openInterest, (i) => isCall[i] === 0)];
      expect([callVolume, putVolume, callOi, putOi, callOi + putOi]).toEqual([want.callVolume, want.putVolume, want.callOi, want.putOi, want.totalOi]);
      close(putVolume / callVolume, want.pcrVolume, 'put/call by volume');
      close(putOi / callOi, want.pcrOi, 'put/call by open interest');
    });

    it('max pain', () => {
      const own = chain();
      const live = expirySlices(own.expiry).filter(({ expiry }) => expiry > own.session);
      const open = ({ start, end }: { start: number; end: number }): number => sum(own.openInterest, (i) => i >= start && i < end);
      const pain = (start: number, end: number): ReturnType<typeof maxPain> => maxPain(openInterestByStrike({ count: end - start, strike: own.strike.subarray(start, end), isCall: own.isCall.subarray(start, end), openInterest: own.openInterest.subarray(start, end) }));
      const largest = live.reduce((best, slice) => (open(slice) > open(best) ? slice : best));
      for (const [slice, expected] of [[live[0], want.maxPainFront], [largest, want.maxPainLargest]] as const) {
        expect(slice.expiry - own.session).toBe(expected.days);
        const found = pain(slice.start, slice.end);
        expect(found?.strike).toBe(expected.strike);
        close(found?.payout ?? Number.NaN, expected.payout, 'payout');
      }
      const all = pain(live[0].start, own.count);
      expect(all?.strike).toBe(want.maxPainAll.strike);
      close(all?.payout ?? Number.NaN, want.maxPainAll.payout, 'payout of all');
    });

    it('gamma exposure, walls, profile and flip', () => {
      const own = chain();
      const contracts = openContracts(own, own.volatility, USUAL_CONVENTION);
      expect(contracts.count).toBe(want.gexRows);
      const terms = gammaTerms(contracts, USUAL_CONVENTION);
      const byStrike = gammaByStrike(contracts, terms, want.spot);
      const [call, put] = [byStrike.call.reduce((a, b) => a + b), byStrike.put.reduce((a, b) => a + b)];
      close(call, want.gexCall, 'calls');
      close(put, want.gexPut, 'puts');
      close(call + put, want.gexTotal, 'total');
      expect(gammaWalls(byStrike)).toEqual({ callWall: want.callWall, putWall: want.putWall, netGammaPeak: want.netGammaPeakStrike });
      expect(openInterestWalls(openInterestByStrike(own))).toEqual({ callWall: want.oiCallWall, putWall: want.oiPutWall });
      const spots = profileSpots(want.spot, USUAL_CONVENTION);
      const profile = gammaProfile(terms, spots);
      expect(profile.length).toBe(want.gexProfile.length);
      want.gexProfile.forEach((value, p) => close(profile[p], value, `profile at ${p}`));
      const flips = gammaFlips(spots, profile);
      expect(flips.length).toBe(want.gammaFlips.length);
      want.gammaFlips.forEach((value, k) => close(flips[k], value, 'flip'));
      close(nearestFlip(flips, want.spot), want.gammaFlip, 'nearest flip');
    });

    it('volatility at the money and skew', () => {
      const own = chain();
      const rows = { ...own, volatility: believed(own) };
      const slices = expirySlices(own.expiry).filter(({ expiry }) => expiry - own.session >= 7 && expiry - own.session <= 90);
      const atTheMoney = slices.map((slice) => atTheMoneyVolatility(rows, slice, want.spot));
      for (const [days, value] of Object.entries(want.atmIvByDays)) close(atTheMoney[slices.findIndex(({ expiry }) => expiry - own.session === Number(days))], value, `${days} days`);
      expect(atTheMoney.filter((value) => !Number.isNaN(value)).length).toBe(Object.keys(want.atmIvByDays).length);
      close(volatilityAt(slices.map(({ expiry }) => (expiry - own.session) / 365), atTheMoney, 30 / 365), want.atmIv30, 'thirty days');
      if (want.skew === null) return;
      const nearest = slices.reduce((best, slice) => (Math.abs(slice.expiry - own.session - 30) < Math.abs(best.expiry - own.session - 30) ? slice : best));
      expect(nearest.expiry - own.session).toBe(want.skew.days);
      const at = (side: 'call' | 'put'): number => volatilityAtDelta(rows, nearest, { spot: want.spot, delta: 0.25, side, carry: USUAL_CONVENTION });
      close(at('call'), want.skew.ivCall25, 'call at 25 delta');
      close(at('put'), want.skew.ivPut25, 'put at 25 delta');
      close(at('put') - at('call'), want.skew.skew25, 'skew');
    });
  });
});
