import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadConfig, type LoadedConfig } from '../../src/config/load.js';
import { collect } from '../../src/core/events.js';
import { systemClock } from '../../src/core/clock.js';
import { runDaily, type DailyResult } from '../../src/pipeline/daily.js';
import { complaints } from '../recommendation/schema.js';
import { contents, stepsRun, temporaryFolder } from './small-market.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let config: LoadedConfig;
let first: DailyResult;

beforeAll(async () => {
  place = await temporaryFolder();
  // as `swing daily` in an empty folder: no file, all defaults, the bundled sample
  config = await loadConfig({ cwd: place.folder, file: null });
  first = (await collect(runDaily({ config, clock: systemClock }))).result;
}, 120_000);
afterAll(() => place.remove());

describe('the daily run on the bundled sample', () => {
  it('recommends for the session after the last of the sample', () => {
    const { document } = first;
    expect([document.asOf, document.actOn]).toEqual(['2018-02-07', '2018-02-08']);
    expect(document.universe).toMatchObject({ name: 'sp500', members: 505, priced: 505, missing: [] });
    expect(document.recommendations.filter(({ action }) => action === 'enter')).toHaveLength(20);
    expect(complaints(document)).toEqual([]);
  });

  it('accounts for every member', () => {
    const { recommendations, leftOut, universe } = first.document;
    const named = [...recommendations.map(({ symbol }) => symbol), ...leftOut.flatMap(({ symbols }) => symbols)];
    expect(new Set(named).size).toBe(named.length);
    expect(named).toHaveLength(universe.members);
  });

  it('says what the sample is', () => {
    expect(first.document.caveats.join('\n')).toContain('Survivors of February 2018');
    expect(first.document.quality.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['level-shift', 'reverting-print', 'suspect-jump']));
  });

  it('gives the same when it is run again, from what was kept', async () => {
    const before = await contents(config);
    const { events, result } = await collect(runDaily({ config, clock: systemClock }));
    expect(stepsRun(events)).toEqual([]);
    expect(result.cached).toBe(true);
    expect(result.documentHash).toBe(first.documentHash);
    expect(await contents(config)).toEqual(before);
    expect(config.paths.runs).toBe(join(place.folder, '.swing', 'runs'));
  });
});
