import { describe, expect, it } from 'vitest';

import { chainNotices } from '../../../src/lab/options/chain-notices.js';
import { rowsStamped } from '../../data/option-chains/rows-stamped.js';
import { CLOCK, temporaryStore, write } from '../../data/store/rows.js';

describe('what a reader must know of the stored chains', () => {
  it('is nothing of a store without chains, and of chains whose open interest is stamped as documented', async () => {
    const store = await temporaryStore();
    expect(await chainNotices(store, { enabled: true })).toEqual([]);
    await store.commit([write('option_chains', rowsStamped(1))], { clock: CLOCK });
    expect(await chainNotices(store, { enabled: true })).toEqual([]);
  });

  it('is that kept open interest looks ahead, until the chains are replaced or switched off', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', rowsStamped(0))], { clock: CLOCK, keepEarlyStamps: true });
    const told = [expect.stringMatching(/^The open interest in the store was kept although .*100\.0 % within that of 2018-01-09\): .* looks ahead by a session\.$/)];
    expect(await chainNotices(store, { enabled: true })).toEqual(told);
    expect(await chainNotices(store, { enabled: false })).toEqual([]);
    await store.commit([write('option_chains', rowsStamped(1), { mode: 'replace' })], { clock: CLOCK });
    expect(await chainNotices(store, { enabled: true })).toEqual([]);
  });
});
