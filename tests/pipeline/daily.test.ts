import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LoadedConfig } from '../../src/config/load.js';
import { fixedClock } from '../../src/core/clock.js';
import { isoDate } from '../../src/core/dates.js';
import { ConfigError, DataError, LockError } from '../../src/core/errors.js';
import { hashJson } from '../../src/core/hash.js';
import { importFrom } from '../../src/data/import.js';
import { openFilesFolder } from '../../src/data/providers/files/provider.js';
import { Store } from '../../src/data/store/store.js';
import { prepareData } from '../../src/lab/data-source.js';
import { recommendEvening } from '../../src/lab/recommend.js';
import { runDaily } from '../../src/pipeline/daily.js';
import { listRuns } from '../../src/pipeline/runs.js';
import { complaints } from '../recommendation/schema.js';
import { contents, daily, dailyEvents, eveningOf, query, smallConfig, stepsRun, temporaryFolder, TODAY, writeSmallMarket } from './small-market.js';

const STEPS = ['ingest', 'features', 'predictions', 'selection', 'explanation', 'output'];
const MONDAY = isoDate('2018-01-22');
const TUESDAY = isoDate('2018-01-23');
const WEDNESDAY = isoDate('2018-01-24');

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let data: string;
/** Projects that tests copy: one whose data are in its store, one whose Monday is done. */
let imported: string;
let done: string;
let mondayHash: string;
let mondayContents: Record<string, string>;

beforeAll(async () => {
  place = await temporaryFolder();
  data = await writeSmallMarket(join(place.folder, 'data'));
  imported = join(place.folder, 'imported');
  const { config, paths, root } = await smallConfig(imported, data);
  await prepareData(await Store.open(paths.store), config.data, { clock: eveningOf(TODAY), root });
  done = join(place.folder, 'done');
  await cp(imported, done, { recursive: true });
  const whole = await smallConfig(done, data);
  mondayHash = (await daily(whole, { asOf: MONDAY })).documentHash;
  mondayContents = await contents(whole);
});
afterAll(() => place.remove());

let projects = 0;
/** A project of its own, with its data there; empty, or with Monday done, when asked for. */
async function project(options: { empty?: boolean; withMonday?: boolean; set?: readonly string[] } = {}): Promise<LoadedConfig> {
  const folder = join(place.folder, `project-${++projects}`);
  if (!options.empty) await cp(options.withMonday ? done : imported, folder, { recursive: true });
  return smallConfig(folder, data, options.set);
}

const runFolders = (config: LoadedConfig): Promise<string[]> => readdir(join(config.paths.runs, 'daily'));
const manifestOf = async (config: LoadedConfig): Promise<unknown> => (await Store.open(config.paths.store)).manifest();

describe('a daily run', () => {
  it('runs every step once and gives a document that the published schema accepts', async () => {
    const config = await project({ empty: true });
    const { events, result } = await dailyEvents(config, { asOf: MONDAY });
    expect(stepsRun(events)).toEqual(STEPS);
    expect(result.cached).toBe(false);
    expect(result.document.asOf).toBe(MONDAY);
    expect(result.documentHash).toBe(hashJson(result.document));
    expect(complaints(result.document)).toEqual([]);
    expect(JSON.parse(await readFile(result.files.json, 'utf8'))).toEqual(result.document);
    expect(await readFile(result.files.html, 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('gives the same document in another project', () => {
    expect(mondayHash).toMatch(/^[0-9a-f]{64}$/);
    return expect(project({ empty: true }).then((config) => daily(config, { asOf: MONDAY }))).resolves.toMatchObject({ documentHash: mondayHash });
  });

  it('gives the document that a notebook gets', async () => {
    const config = await project({ withMonday: true });
    const inNotebook = await recommendEvening(await Store.open(config.paths.store), config, TUESDAY);
    const { document } = await daily(config, { asOf: TUESDAY, dryRun: true });
    expect(inNotebook).toEqual(document);
  });

  it('takes everything from before when nothing changed, and leaves the store as it is', async () => {
    const config = await project({ withMonday: true });
    const before = await manifestOf(config);
    const { events, result } = await dailyEvents(config, { asOf: MONDAY });
    expect(stepsRun(events)).toEqual([]);
    expect(result.cached).toBe(true);
    expect(result.documentHash).toBe(mondayHash);
    expect(await manifestOf(config)).toEqual(before);
  });

  it('stands in the last session with bars, or the last that is decided, when it is not told', async () => {
    const config = await project();
    expect((await daily(config)).document.asOf).toBe('2018-02-07');
    const cut = await writeSmallMarket(join(place.folder, 'until-wednesday'), { until: WEDNESDAY });
    const own = await smallConfig(join(place.folder, `project-${++projects}`), cut);
    expect((await daily(own, { clock: eveningOf(WEDNESDAY) })).document.asOf).toBe(WEDNESDAY);
    // at noon of Wednesday the evening of Tuesday is the last that was decided
    expect((await daily(own, { clock: fixedClock(Date.UTC(2018, 0, 24, 17)) })).document.asOf).toBe(TUESDAY);
  });
});

describe('a run that is interrupted', () => {
  /** Runs until a step begins and stops there, as an abort does. */
  async function stopAt(config: LoadedConfig, step: string): Promise<void> {
    const controller = new AbortController();
    const run = runDaily({ config, clock: eveningOf(TODAY), asOf: MONDAY, signal: controller.signal });
    await expect(
      (async () => {
        for await (const event of run) if (event.kind === 'step-start' && event.step === step) controller.abort(new Error(`stopped at ${step}`));
      })(),
    ).rejects.toThrow(`stopped at ${step}`);
  }

  it.each(STEPS)('at %s goes on there and ends as if nothing had happened', async (step) => {
    const config = await project({ empty: step === 'ingest' });
    await stopAt(config, step);
    const { events, result } = await dailyEvents(config, { resume: true });
    expect(result.document.asOf).toBe(MONDAY);
    expect(result.documentHash).toBe(mondayHash);
    // what was finished before is not done again; the step that was told to stop may have come to its end
    const again = stepsRun(events);
    expect(again).toEqual(STEPS.slice(STEPS.length - again.length));
    expect(again.length).toBeLessThanOrEqual(STEPS.length - STEPS.indexOf(step));
    expect(await contents(config)).toEqual(mondayContents);
  });

  it('after the evening was kept but before that was noted keeps it once more, the same', async () => {
    const config = await project({ withMonday: true });
    const kept = await contents(config);
    const [folder] = await runFolders(config);
    await rm(join(config.paths.runs, 'daily', folder, '6-output', 'record.json'));
    const { events, result } = await dailyEvents(config, { asOf: MONDAY });
    expect(stepsRun(events)).toEqual(['output']);
    expect(result.documentHash).toBe(mondayHash);
    expect(await contents(config)).toEqual(kept);
  });

  it.each(['features/quality.json', 'predictions/predictions.json', 'selection/selection.json', 'explanation/recommendations.json'])('in a way that damages %s computes it anew', async (name) => {
    const config = await project({ withMonday: true });
    const [folder] = await runFolders(config);
    const [step, artifact] = name.split('/');
    await writeFile(join(config.paths.runs, 'daily', folder, `${STEPS.indexOf(step) + 1}-${step}`, artifact), '{"cut off');
    const { events, result } = await dailyEvents(config, { asOf: MONDAY });
    expect(stepsRun(events)).toEqual([step]);
    expect(result.documentHash).toBe(mondayHash);
  });

  it('lets go of the lock, also when its reader leaves', async () => {
    const config = await project();
    for await (const event of runDaily({ config, clock: eveningOf(TODAY), asOf: MONDAY })) if (event.kind === 'step-end') break;
    expect((await daily(config, { asOf: MONDAY })).documentHash).toBe(mondayHash);
  });
});

describe('--resume', () => {
  it('goes on with the interrupted session, not the last one', async () => {
    const config = await project({ withMonday: true });
    const abort = new AbortController();
    await expect((async () => {
      for await (const event of runDaily({ config, clock: eveningOf(TODAY), asOf: TUESDAY, signal: abort.signal })) if (event.kind === 'step-end') abort.abort();
    })()).rejects.toThrow();
    expect((await daily(config, { resume: true })).document.asOf).toBe(TUESDAY);
    // done: the next one stands in the last session again
    expect((await daily(config, { resume: true })).document.asOf).toBe('2018-02-07');
  });

  it.each([['2018-01-21', ConfigError], ['2099-01-05', ConfigError]])('is not led astray by a slip such as %s', async (asOf, kind) => {
    const config = await project({ withMonday: true });
    await expect(daily(config, { asOf: isoDate(asOf) })).rejects.toThrow(kind);
    expect(await runFolders(config)).toHaveLength(1);
    expect((await daily(config, { resume: true })).document.asOf).toBe('2018-02-07');
  });
});

describe('a dry run', () => {
  it('computes and reports, but leaves the store as it is', async () => {
    const config = await project({ withMonday: true });
    const before = await manifestOf(config);
    const { document } = await daily(config, { asOf: TUESDAY, dryRun: true });
    expect(await manifestOf(config)).toEqual(before);
    expect(document.asOf).toBe(TUESDAY);
    expect(document.caveats).toContain('The paper book was not changed by this run.');
  });

  it('recommends what the real run recommends', async () => {
    const config = await project({ withMonday: true });
    const dry = await daily(config, { asOf: TUESDAY, dryRun: true });
    const real = await daily(config, { asOf: TUESDAY });
    expect(dry.document.recommendations).toEqual(real.document.recommendations);
    expect(dry.documentHash).not.toBe(real.documentHash);
  });
});

describe('a change of the book', () => {
  it('is seen: what was decided on the book before is decided anew', async () => {
    const config = await project({ withMonday: true });
    const early = await dailyEvents(config, { asOf: WEDNESDAY, dryRun: true });
    expect(early.result.document.caveats.join()).toContain('No decision was made on 1 session');
    await daily(config, { asOf: TUESDAY });
    const { events, result } = await dailyEvents(config, { asOf: WEDNESDAY, dryRun: true });
    // features of what is held are kept too; forecasts are of members, and stay
    expect(stepsRun(events)).toEqual(['features', 'selection', 'explanation', 'output']);
    expect(result.document.caveats.join()).not.toContain('No decision was made');
  });
});

describe('an older session than that of the book', () => {
  it('is not kept, says so, and does not see the later book', async () => {
    const config = await project({ withMonday: true });
    await daily(config, { asOf: WEDNESDAY });
    const before = await manifestOf(config);
    const { document } = await daily(config, { asOf: isoDate('2018-01-19') });
    expect(document.caveats).toContain('The paper book was not changed by this run.');
    expect(document.portfolio).toMatchObject({ equity: 1_000_000, positions: 0, fills: [] });
    const tuesday = await daily(config, { asOf: TUESDAY });
    expect(tuesday.document.portfolio.fills.length).toBeGreaterThan(0);
    expect(await manifestOf(config)).toEqual(before);
  });
});

describe('a change of the configuration', () => {
  it('makes a run of its own and leaves the other', async () => {
    const config = await project({ withMonday: true });
    const other = await smallConfig(join(config.root, '..'), data, ['strategy.priority.top=3']);
    expect(other.paths).toEqual(config.paths);
    const { result, events } = await dailyEvents(other, { asOf: MONDAY });
    expect(stepsRun(events)).toEqual(STEPS);
    expect(result.documentHash).not.toBe(mondayHash);
    expect(result.document.recommendations.filter(({ action }) => action === 'enter')).toHaveLength(3);
    expect(await runFolders(config)).toHaveLength(2);
    // back again: the evening in the store is the other one, so it is kept anew, from the same steps
    const back = await dailyEvents(config, { asOf: MONDAY });
    expect(stepsRun(back.events)).toEqual(['output']);
    expect(back.result.documentHash).toBe(mondayHash);
  });
});

describe('a change of the data', () => {
  it('is taken in, and everything that rests on it is computed anew', async () => {
    const changing = await writeSmallMarket(join(place.folder, 'changing'), { until: WEDNESDAY });
    const config = await smallConfig(join(place.folder, `project-${++projects}`), changing);
    const first = await daily(config, { asOf: MONDAY });
    await writeSmallMarket(changing);
    const { events, result } = await dailyEvents(config, { asOf: MONDAY });
    expect(stepsRun(events)).toEqual(STEPS);
    expect(result.document.recommendations).toEqual(first.document.recommendations);
    expect(result.document.provenance.dataHash).not.toBe(first.document.provenance.dataHash);
  });

  it('is seen when only the statement of the prices changes', async () => {
    const changing = await writeSmallMarket(join(place.folder, 'restated'));
    const config = await smallConfig(join(place.folder, `project-${++projects}`), changing);
    expect((await daily(config, { asOf: MONDAY })).document.caveats.join()).toContain('Prices are adjusted for splits');
    const source = join(changing, 'source.json');
    await writeFile(source, (await readFile(source, 'utf8')).replace('"split-adjusted"', '"raw"'));
    const { bars } = await contents(config);
    // the rows are the same, so a fingerprint cannot tell: bring them in by hand
    await importFrom(await openFilesFolder(changing), await Store.open(config.paths.store), { clock: eveningOf(TODAY), mode: 'replace' });
    expect((await contents(config))['bars']).toBe(bars);
    const { document } = await daily(config, { asOf: MONDAY });
    expect(document.caveats.join()).not.toContain('Prices are adjusted for splits');
  });
});

describe('old runs', () => {
  it('are removed beyond those to keep', async () => {
    const config = await project({ set: ['pipeline.keepRuns=2'] });
    for (const asOf of [MONDAY, TUESDAY, WEDNESDAY]) await daily(config, { asOf });
    const kept = (await listRuns(join(config.paths.runs, 'daily'))).map(({ state }) => state.asOf);
    expect(kept).toEqual([WEDNESDAY, TUESDAY]);
    expect(await runFolders(config)).toHaveLength(2);
  });
});

describe('what a daily run refuses', () => {
  it('is a second run at the same moment', async () => {
    const config = await project({ withMonday: true });
    const first = runDaily({ config, clock: eveningOf(TODAY), asOf: TUESDAY });
    await first.next();
    await expect(daily(config, { asOf: TUESDAY })).rejects.toThrow(LockError);
    await first.return(undefined as never);
    expect((await daily(config, { asOf: TUESDAY })).document.asOf).toBe(TUESDAY);
  });

  it.each([
    ['a session that is not over', '2018-03-02', ConfigError, 'expected a session whose decision time has come (the last is 2018-03-01), found 2018-03-02'],
    ['a Sunday', '2018-01-21', ConfigError, 'expected an XNYS session, found 2018-01-21'],
    ['a holiday', '2018-01-15', ConfigError, 'the sessions around it are 2018-01-12 and 2018-01-16'],
    ['a session before the bars', '2016-05-31', DataError, 'found bars from 2016-06-01 to 2018-02-07'],
    ['a session after the bars', '2018-02-08', DataError, 'import newer data or choose a session within'],
  ])('is %s', async (_, asOf, kind, message) => {
    const config = await project({ withMonday: true });
    const before = await manifestOf(config);
    const error: unknown = await daily(config, { asOf: isoDate(asOf) }).then(() => null, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toContain(message);
    expect(await manifestOf(config)).toEqual(before);
  });

  it('is a symbol that was never a member, and a universe that is not there', async () => {
    await expect(daily(await project({ withMonday: true, set: ['data.symbols=[AAPL, NOSUCH]'] }), { asOf: MONDAY })).rejects.toThrow('found "NOSUCH"');
    await expect(daily(await project({ withMonday: true, set: ['data.universe=dax'] }), { asOf: MONDAY })).rejects.toThrow('found "dax"');
  });
});

describe('a few symbols', () => {
  it('are recommended from, by the symbol of the day too, with the forecasts of the whole', async () => {
    const all = await daily(await project({ withMonday: true }), { asOf: MONDAY });
    const config = await project({ set: ['data.symbols=[FB, AAPL, KO]'] });
    const { document } = await daily(config, { asOf: MONDAY });
    expect(document.universe.members).toBe(3);
    expect([...document.recommendations.map(({ symbol }) => symbol), ...document.leftOut.flatMap(({ symbols }) => symbols)].sort()).toEqual(['AAPL', 'KO', 'META']);
    expect(document.recommendations.find(({ symbol }) => symbol === 'META')?.listedSymbol).toBe('FB');
    for (const { symbol, expectedReturn } of document.recommendations) {
      const elsewhere = all.document.recommendations.find((one) => one.symbol === symbol);
      if (elsewhere) expect(expectedReturn).toBe(elsewhere.expectedReturn);
    }
  });
});

describe('own data in place of other data', () => {
  it('leaves nothing of the book that was kept on the sample', async () => {
    const folder = join(place.folder, `project-${++projects}`);
    const sampleLike = await writeSmallMarket(join(place.folder, 'sample-like'), { name: 'sample' });
    const before = await smallConfig(folder, sampleLike);
    await daily(before, { asOf: MONDAY });
    await daily(before, { asOf: TUESDAY });
    // the same files under a name of its own: all of it comes in, though no file is new
    const own = await writeSmallMarket(join(place.folder, 'own'), { name: 'own' });
    const config = await smallConfig(folder, own);
    const { document } = await daily(config, { asOf: WEDNESDAY });
    expect(document.portfolio).toMatchObject({ equity: 1_000_000, positions: 0, fills: [] });
    expect(document.data.map(({ dataset }) => dataset)).toEqual(['bars', 'membership', 'symbol_history', 'reference']);
    expect(await query(config, 'select cast(session as varchar) as session from paper_account')).toEqual([{ session: WEDNESDAY }]);
  });
});
