import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { fixedClock } from '../../../src/core/clock.js';
import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import { importFrom } from '../../../src/data/import.js';
import { openFiles } from '../../../src/data/providers/files/provider.js';
import type { Store } from '../../../src/data/store/store.js';
import { readChainView } from '../../../src/lab/options/read-chain-view.js';
import { optionsConfig, type OptionsConfig } from '../../../src/options/config.js';
import { chainCaveats } from '../../../src/report/options/words.js';
import { temporaryFolder, temporaryStore } from '../../data/store/rows.js';
import { madeChain } from '../../options/made-chain.js';

const SESSIONS = ['2024-10-01', '2024-10-02', '2024-10-03', '2024-10-04', '2024-10-07'].map((day) => isoDate(day));
const clock = fixedClock(Date.UTC(2025, 0, 2));
const settings = optionsConfig.parse({});

interface StoreParts {
  /** Sessions with chains. */
  readonly count: number;
  /** Bars of the underlying at this multiple of the price in its chains; none when absent. */
  readonly barsAt?: number;
  /** Position of the session on which the underlying splits two for one; never when absent. */
  readonly splitAt?: number;
}

const priceOf = (t: number): number => 100 + 3 * t;

async function storeOf({ count, barsAt, splitAt = 0 }: StoreParts): Promise<Store> {
  const spotOf = (t: number): number => priceOf(t) * (t < splitAt ? 2 : 1);
  const folder = await temporaryFolder();
  const lines = SESSIONS.slice(0, count).flatMap((session, t) => {
    const { expiry, strike, isCall, last, impliedVolatility, volume, openInterest } = madeChain({ session: toEpochDay(session), spot: spotOf(t), days: [14, 35, 63], volatility: (k) => 0.2 + 0.02 * t - 0.1 * k, openInterest: (price) => Math.round(price + 50 * t) });
    return Array.from(expiry, (day, i) => [session, 'MADE', fromEpochDay(day), strike[i], isCall[i] === 1 ? 'C' : 'P', last[i], impliedVolatility[i], volume[i], openInterest[i], spotOf(t)].join(','));
  });
  const files = [join(folder, 'chains.csv')];
  await writeFile(files[0], ['date,underlying,expiration,strike,cp,last_price,iv,volume,open_interest,underlying_price', ...lines].join('\n'));
  if (barsAt !== undefined) {
    files.push(join(folder, 'bars.csv'));
    const bars = SESSIONS.slice(0, count).map((session, t) => [session, 'MADE', ...[0, 1, -1, 0].map((off) => (spotOf(t) + off) * barsAt), 1000].join(','));
    await writeFile(files[1], ['date,ticker,open,high,low,close,volume', ...bars].join('\n'));
  }
  const store = await temporaryStore();
  await importFrom(await openFiles(files.map((path) => ({ path }))), store, { clock });
  return store;
}

describe('the view of a chain in the store', () => {
  it('is of the last session unless another is asked for, and the same whatever came later', async () => {
    const [long, short] = [await storeOf({ count: 5 }), await storeOf({ count: 3 })];
    const now = await readChainView(short, { underlying: 'made', settings });
    const seenLater = await readChainView(long, { underlying: 'MADE', asOf: SESSIONS[2], settings });
    expect(now.view.session).toBe(SESSIONS[2]);
    expect({ ...seenLater.view, source: now.view.source }).toEqual(now.view);
    expect(seenLater.features.column('implied-volatility-30')).toEqual(now.features.column('implied-volatility-30'));
    expect((await readChainView(long, { underlying: 'MADE', settings })).view.session).toBe(SESSIONS[4]);
  });

  it('says of 30-day volatility what it was made of, session by session', async () => {
    const { view } = await readChainView(await storeOf({ count: 5 }), { underlying: 'MADE', settings });
    expect(view.history.sessions).toEqual(SESSIONS);
    view.history.volatility30.forEach((volatility, t) => expect(volatility).toBeCloseTo(0.2 + 0.02 * t, 2));
    expect(view.features.find(({ name }) => name === 'iv-change-5')).toMatchObject({ value: null, missing: '5 of 6 sessions' });
  });

  it('takes closes of bars where there are some, else the prices in the chains', async () => {
    const [without, beside] = [await readChainView(await storeOf({ count: 5 }), { underlying: 'MADE', settings }), await readChainView(await storeOf({ count: 5, barsAt: 0.5 }), { underlying: 'MADE', settings })];
    expect([without.view.closes, beside.view.closes]).toEqual(['chains', 'bars']);
    expect(without.view.features.find(({ name }) => name === 'gamma-exposure')!.missing).toBe('needs bars with volume');
    expect(beside.view.features.find(({ name }) => name === 'gamma-exposure')!.missing).toBe('5 of 21 sessions');
    expect(beside.view.panel.spot).toBe(112);
  });

  it('leaves out prices of before a split, and says so', async () => {
    const [store, beside] = [await storeOf({ count: 5, splitAt: 2 }), await storeOf({ count: 5, splitAt: 2, barsAt: 1 })];
    const { view, features } = await readChainView(store, { underlying: 'MADE', settings });
    expect(view.closesSince).toBe(SESSIONS[2]);
    expect(chainCaveats(view).join(' ')).toContain('stepped on 3 October 2024 as by a split');
    expect(features.column('implied-volatility-30')[0]).toBeCloseTo(0.2, 2);
    expect((await readChainView(beside, { underlying: 'MADE', settings })).view.closesSince).toBeNull();
    const earlier = await readChainView(store, { underlying: 'MADE', asOf: SESSIONS[1], settings });
    expect(earlier.view.closesSince).toBeNull();
    expect(chainCaveats(earlier.view).join(' ')).not.toContain('split:');
  });

  it('says of exposure what the configuration takes dealers to hold', async () => {
    const store = await storeOf({ count: 2 });
    const told = async (dealers: OptionsConfig['dealers']): Promise<string> => (await readChainView(store, { underlying: 'MADE', settings: { ...settings, dealers } })).view.signals.map(({ sentence }) => sentence).join(' ');
    expect(await told('long-calls-long-puts')).toContain('taken as long calls and long puts, is positive by that alone');
    expect(await told('short-calls-short-puts')).not.toContain("dealers' gamma");
  });

  it('is refused without chains, and where options are switched off', async () => {
    await expect(readChainView(await temporaryStore(), { underlying: 'MADE', settings })).rejects.toThrow('option_chains');
    await expect(readChainView(await storeOf({ count: 1 }), { underlying: 'MADE', settings: { ...settings, enabled: false } })).rejects.toThrow('expected options.enabled to be true');
  });
});
