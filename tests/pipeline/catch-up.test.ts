import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LoadedConfig } from '../../src/config/load.js';
import { XNYS } from '../../src/core/calendar.js';
import { collect } from '../../src/core/events.js';
import { isoDate } from '../../src/core/dates.js';
import { RECORD_NAMES } from '../../src/data/records.js';
import { runDaily, type DailyResult } from '../../src/pipeline/daily.js';
import { daily, dailyEvents, eveningOf, query, smallConfig, temporaryFolder, TODAY, writeRawMarket, writeSmallMarket } from './small-market.js';

const EVENINGS = XNYS.sessions(isoDate('2018-01-16'), isoDate('2018-01-30'));
const [SINCE, AS_OF] = [EVENINGS[0], EVENINGS.at(-1)!];

/** Everything that evenings keep, row by row; the hash of each evening's document is among it. */
async function kept(config: LoadedConfig): Promise<Record<string, unknown>> {
  const tables = await Promise.all(RECORD_NAMES.map(async (name) => [name, await query(config, `select * replace (cast(session as varchar) as session) from ${name} order by all`).catch(() => [])] as const));
  return Object.fromEntries(tables);
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

describe.each([
  ['prices that are adjusted for splits', writeSmallMarket],
  ['prices as quoted, with a split and dividends', writeRawMarket],
])('swing daily --since over %s', (_, write) => {
  let alone: LoadedConfig;
  let together: LoadedConfig;
  let last: DailyResult;
  let lastTogether: DailyResult;

  beforeAll(async () => {
    const data = await write(join(place.folder, write.name));
    // both folders have the same settings, so that their documents may be the same to the byte
    alone = await smallConfig(join(place.folder, `${write.name}-alone`), data);
    for (const asOf of EVENINGS) last = await daily(alone, { asOf });
    together = await smallConfig(join(place.folder, `${write.name}-together`), data);
    lastTogether = await daily(together, { since: SINCE, asOf: AS_OF });
  }, 240_000);

  it('keeps what evening after evening would have kept, documents included', async () => {
    const [one, other] = [await kept(alone), await kept(together)];
    expect((one['paper_account'] as unknown[]).length).toBe(EVENINGS.length);
    expect((one['paper_fills'] as unknown[]).length).toBeGreaterThan(20);
    expect(other).toEqual(one);
    expect(lastTogether.documentHash).toBe(last.documentHash);
  });

  it('tells of equity and of what happened', async () => {
    const { trackRecord, changes } = lastTogether.document;
    expect(trackRecord?.evenings).toBe(EVENINGS.length - 1);
    expect(trackRecord?.equity).toHaveLength(EVENINGS.length);
    expect(changes?.since).toBe(EVENINGS.at(-2));
    const events = (await kept(together))['paper_events'] as { kind?: string }[];
    expect([...new Set(events.flatMap(({ kind }) => kind ?? []))].sort()).toEqual(write === writeRawMarket ? ['dividend', 'split'] : []);
  });
});

describe('what is caught up with', () => {
  it('goes on after the last evening that the book has seen, one after the other', async () => {
    const config = await smallConfig(join(place.folder, 'goes-on'), await writeSmallMarket(join(place.folder, 'goes-on-data')));
    await daily(config, { asOf: EVENINGS[3] });
    const { events } = await dailyEvents(config, { since: SINCE, asOf: EVENINGS[6] });
    expect(events.flatMap((event) => (event.kind === 'evening' ? [event.session] : []))).toEqual([EVENINGS[4], EVENINGS[5]]);
    const again = await dailyEvents(config, { since: SINCE, asOf: EVENINGS[6] });
    expect(again.events.filter(({ kind }) => kind === 'evening')).toEqual([]);
    expect(again.result.cached).toBe(true);
  }, 60_000);

  it('is given up between evenings, and taken up again to the same end', async () => {
    const data = await writeSmallMarket(join(place.folder, 'stopped-data'));
    const whole = await smallConfig(join(place.folder, 'whole'), data);
    await daily(whole, { since: SINCE, asOf: AS_OF });
    const stopped = await smallConfig(join(place.folder, 'stopped'), data);
    const controller = new AbortController();
    const stream = runDaily({ config: stopped, clock: eveningOf(TODAY), since: SINCE, asOf: AS_OF, signal: controller.signal });
    const reading = (async () => {
      for await (const event of stream) if (event.kind === 'evening' && event.done === 5) controller.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    await collect(runDaily({ config: stopped, clock: eveningOf(TODAY), since: SINCE, asOf: AS_OF }));
    expect(await kept(stopped)).toEqual(await kept(whole));
  }, 120_000);

  it('is refused where it cannot be meant', async () => {
    const config = await smallConfig(join(place.folder, 'refused'), await writeSmallMarket(join(place.folder, 'refused-data')));
    await expect(daily(config, { since: AS_OF, asOf: SINCE })).rejects.toThrow(`expected --since not after the evening of ${SINCE}, found ${AS_OF}`);
    await expect(daily(config, { since: SINCE, asOf: AS_OF, dryRun: true })).rejects.toThrow('expected --since without --dry-run');
    await expect(daily(config, { since: isoDate('2018-01-13'), asOf: AS_OF })).rejects.toThrow('expected an XNYS session, found 2018-01-13');
  }, 60_000);
});
