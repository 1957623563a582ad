import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { XNYS } from '../../../src/core/calendar.js';
import { fixedClock } from '../../../src/core/clock.js';
import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import { createRng } from '../../../src/core/rng.js';
import { importFrom } from '../../../src/data/import.js';
import { openFiles } from '../../../src/data/providers/files/provider.js';
import type { Store } from '../../../src/data/store/store.js';
import { OPTIONS_HISTORY } from '../../../src/lab/options/options-history.js';
import { readChainView } from '../../../src/lab/options/read-chain-view.js';
import { readEveningOptions } from '../../../src/lab/options/read-evening-options.js';
import { readSummaries } from '../../../src/lab/options/read-summaries.js';
import { optionsConfig } from '../../../src/options/config.js';
import { ivRegimeChange } from '../../../src/options/intelligence/iv-regime-change.js';
import { OPTIONS_SIGNALS } from '../../../src/options/intelligence/registry.js';
import { OptionsHistory, type OptionsHistoryInput } from '../../../src/options/intelligence/view.js';
import { SUMMARY_COLUMN_NAMES } from '../../../src/options/summary/columns.js';
import { Panel } from '../../../src/table/panel.js';
import { temporaryFolder, temporaryStore } from '../../data/store/rows.js';
import { madeChain } from '../../options/made-chain.js';
import { wanderingInput } from '../../options/intelligence/made-history.js';

/** The sessions up to `t` that an evening reads. */
function cut(input: OptionsHistoryInput, t: number): OptionsHistoryInput {
  const part = <T extends Int32Array | Float64Array>(values: T): T => values.slice(Math.max(0, t + 1 - OPTIONS_HISTORY), t + 1) as T;
  return { ...input, sessions: part(input.sessions), close: part(input.close), columns: Object.fromEntries(Object.entries(input.columns).map(([name, values]) => [name, part(values)])) };
}

describe('the sessions that an evening reads', () => {
  it.each(OPTIONS_SIGNALS.filter(({ needsChain }) => !needsChain))('show $name as the whole history does', (signal) => {
    let found = 0;
    for (const input of [1, 5].map((seed) => wanderingInput(seed, 640))) {
      const whole = new OptionsHistory(input);
      for (let t = 521; t < 640; t += signal === ivRegimeChange ? 7 : 1) {
        const seen = signal.detect(whole.at(t));
        expect(signal.detect(new OptionsHistory(cut(input, t)).latest()), `${t}`).toEqual(seen);
        found += seen.length;
      }
    }
    expect(found).toBeGreaterThan(0);
  });

  it('are as many as the signal with the longest memory needs, in the evening and on the page', async () => {
    const sessions = XNYS.sessionDays(toEpochDay(isoDate('2022-01-03')), toEpochDay(isoDate('2024-02-12')));
    const [store, settings] = [await chainsOf(sessions), optionsConfig.parse({ signals: 20 })];
    const summaries = (await readSummaries(store, { symbols: ['MADE'], sessions, columns: SUMMARY_COLUMN_NAMES, settings }))!;
    const column = (name: string): Float64Array => Float64Array.from(summaries.series(name, 'MADE'));
    const whole = new OptionsHistory({ underlying: 'MADE', sessions, close: column('spot'), columns: Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, column(name)])) }).latest();
    const [expected] = ivRegimeChange.detect(whole);
    expect(expected.evidence['sessions']).toBeGreaterThan(60);

    const [spot, none] = [column('spot'), new Float64Array(sessions.length).fill(Number.NaN)];
    const bars = new Panel({ symbols: ['MADE'], sessions, columns: { open: spot, high: spot, low: spot, close: spot, volume: none } });
    const evening = await readEveningOptions(store, { bars, names: ['MADE'], settings });
    expect(evening.names['MADE'].signals).toContainEqual(expected);
    expect((await readChainView(store, { underlying: 'MADE', settings })).view.signals).toContainEqual(expected);
  });
});

/** A few contracts on some sessions nearly two years ago, calm and stressed, and on the last ones: calm, stressed at the end. */
async function chainsOf(sessions: Int32Array): Promise<Store> {
  const rng = createRng(3);
  const count = sessions.length;
  const lines = Array.from(sessions).flatMap((session, t) => {
    const level = (t === count - 1 || (t >= count - 480 && t < count - 450) ? 0.5 : 0.2) * Math.exp(0.03 * rng.normal());
    if (!(t >= count - 500 && t < count - 430) && t < count - 8) return [];
    const { expiry, strike, isCall, last, impliedVolatility, volume, openInterest } = madeChain({ session, days: [20, 41], strikes: [0.9, 0.95, 1, 1.05, 1.1], volatility: () => level });
    return Array.from(expiry, (day, i) => [fromEpochDay(session), 'MADE', fromEpochDay(day), strike[i], isCall[i] === 1 ? 'C' : 'P', last[i], impliedVolatility[i], volume[i], openInterest[i], 100].join(','));
  });
  const file = join(await temporaryFolder(), 'chains.csv');
  await writeFile(file, ['date,underlying,expiration,strike,cp,last_price,iv,volume,open_interest,underlying_price', ...lines].join('\n'));
  const store = await temporaryStore();
  await importFrom(await openFiles([{ path: file }]), store, { clock: fixedClock(Date.UTC(2025, 0, 2)) });
  return store;
}
