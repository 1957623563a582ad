import { describe, expect, it } from 'vitest';

import { fromEpochDay } from '../../../src/core/dates.js';
import { chainBars } from '../../../src/lab/options/chain-bars.js';
import { chainFeatures } from '../../../src/lab/options/chain-features.js';
import type { ChainFeature } from '../../../src/report/options/chain-view.js';
import { Panel } from '../../../src/table/panel.js';
import { temporaryStore } from '../../data/store/rows.js';
import { madeInput } from '../../options/intelligence/made-history.js';

const COUNT = 60;

/** `iv-minus-realized-21` of an underlying without bars that split ten for one some sessions before the last one. */
async function impliedLessRealized(ago: number): Promise<{ told: ChainFeature; volatility: number }> {
  const spot = (t: number): number => (t < COUNT - 1 - ago ? 900 : 90) * (1 + 0.01 * (t % 2));
  const { sessions, columns } = madeInput({ sessions: COUNT, columns: { spot, volatility30: 0.4 } });
  const bars = await chainBars(await temporaryStore(), { underlying: 'MADE', sessions, spot: columns.spot!, policies: {} });
  const { last, values } = chainFeatures(bars, new Panel({ symbols: ['MADE'], sessions, columns }));
  expect(bars.since).toBe(ago >= COUNT - 1 ? null : fromEpochDay(sessions[COUNT - 1 - ago]));
  expect(bars.close.findIndex(Number.isFinite)).toBe(Math.max(0, COUNT - 1 - ago));
  return { volatility: values.series('implied-volatility-30', 'MADE')[0], told: last.find(({ name }) => name === 'iv-minus-realized-21')! };
}

describe('closes made of the prices in chains', () => {
  it('are compared since the last split only', async () => {
    const [never, long, recent] = [await impliedLessRealized(COUNT), await impliedLessRealized(30), await impliedLessRealized(9)];
    expect(never.told.value).toBeCloseTo(0.4 - Math.sqrt(252) * Math.log(1.01), 6);
    expect(long.told.value).toBe(never.told.value);
    expect(recent.volatility).toBeCloseTo(0.4, 6);
    expect(recent.told).toMatchObject({ value: null, missing: '10 of 22 sessions since a split' });
  });
});
