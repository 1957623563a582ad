import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { panelFromParquet } from '../../src/data/store/read-bars.js';
import { correlationDays } from '../../src/graph/correlation-days.js';
import { graphInputs } from '../../src/graph/graph-inputs.js';
import { pairValue } from '../../src/graph/symmetric.js';
import { printSkipReason, realDataFolder } from '../golden/folder.js';
import { plainCorrelation, windowOf } from './world.js';

const folder = realDataFolder();
printSkipReason('real data', 'correlations from day to day on real prices');

const SYMBOLS = 60;
const SESSIONS = 460;
const EVERY = 29;

describe.skipIf(folder === null)('correlations from day to day on real prices', { timeout: 60_000 }, () => {
  it('equal direct ones, names with gaps too', async () => {
    const all = await panelFromParquet(join(folder!, 'equities/sp500_adjusted.parquet'), { columns: ['close'] });
    const step = Math.max(1, Math.floor(all.symbols.length / SYMBOLS));
    const bars = all.slice(all.sessions.length - SESSIONS, all.sessions.length).select(all.symbols.filter((_, i) => i % step === 0));
    const inputs = graphInputs(bars);
    let [compared, error] = [0, 0];
    for (const { t, rows, correlations } of correlationDays(inputs, { window: 60, minPresent: 0.8 })) {
      if (t % EVERY !== 0 && t !== SESSIONS - 1) continue;
      for (let i = 0; i < rows.length; i++) {
        for (let j = i + 1; j < rows.length; j++) {
          compared++;
          error = Math.max(error, Math.abs(pairValue(correlations, i, j) - plainCorrelation(windowOf(inputs, rows[i], t, 60), windowOf(inputs, rows[j], t, 60))));
        }
      }
    }
    expect(compared).toBeGreaterThan(1000);
    expect(error).toBeLessThan(1e-9);
  });
});
