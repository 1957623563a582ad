import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isoDate, type IsoDate } from '../../src/core/dates.js';
import { collect, result } from '../../src/core/events.js';
import { importFrom } from '../../src/data/import.js';
import { openFilesFolder } from '../../src/data/providers/files/provider.js';
import { takeLock } from '../../src/data/store/lock.js';
import { Store } from '../../src/data/store/store.js';
import { buildGraphs } from '../../src/graph/build-graphs.js';
import { graphConfig } from '../../src/graph/config.js';
import type { Graph } from '../../src/graph/graph.js';
import { buildGraphSnapshots, graphFolder, type BuildRequest } from '../../src/lab/graph/build.js';
import { readGraphInputs } from '../../src/lab/graph/inputs.js';
import { quarterHash, quartersFrom } from '../../src/lab/graph/quarter.js';
import { GraphSnapshots } from '../../src/lab/graph/snapshots.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';

const settings = { ...graphConfig.parse({}), window: 40, topK: 5, sectorEdges: true };
let place: Awaited<ReturnType<typeof temporaryFolder>>;
let request: BuildRequest;

beforeAll(async () => {
  place = await temporaryFolder();
  request = { store: await storeUntil('whole'), universe: 'sp500', settings, policies: {} };
});
afterAll(() => place.remove());

/** A store with the small market up to a session. */
async function storeUntil(name: string, until?: IsoDate): Promise<Store> {
  const folder = await writeSmallMarket(join(place.folder, `${name}-bars`), until ? { until } : {});
  const store = await Store.open(join(place.folder, name));
  await importFrom(await openFilesFolder(folder), store, { clock: eveningOf(TODAY), mode: 'replace' });
  return store;
}

const span = (start: string, end: string): BuildRequest => ({ ...request, start: isoDate(start), end: isoDate(end) });

/** What the graphs of a folder are, by session. */
async function graphsIn(folder: string, sessions: readonly string[]): Promise<Graph[]> {
  const snapshots = new GraphSnapshots(folder);
  return Promise.all(sessions.map((session) => snapshots.graph(isoDate(session))));
}

describe('graphs that are kept', () => {
  it('come back as they were computed, to the last bit', async () => {
    const { folder } = await result(buildGraphSnapshots(span('2017-11-15', '2017-11-15')));
    const inputs = await readGraphInputs(request.store, { universe: 'sp500', start: isoDate('2017-10-02'), end: isoDate('2017-12-29'), window: 40, policies: {} });
    const computed = [...buildGraphs(inputs, settings, { start: isoDate('2017-10-02'), end: isoDate('2017-12-29') })].find(({ session }) => session === '2017-11-15')!;
    const [kept] = await graphsIn(folder, ['2017-11-15']);
    expect(kept).toEqual({ ...computed, sectors: kept.sectors, sectorNames: kept.sectorNames });
    expect([...kept.sectors].map((code) => kept.sectorNames[code])).toEqual([...computed.sectors].map((code) => computed.sectorNames[code]));
    expect(kept.edges.sector.source.length).toBeGreaterThan(0);
  });

  it('are built once: whole quarters, and only those that are missing', async () => {
    const folder = graphFolder(request);
    await rm(folder, { recursive: true, force: true });
    const first = await collect(buildGraphSnapshots(span('2017-08-15', '2017-08-16')));
    expect(first.events).toEqual([{ kind: 'plan', quarters: 1, sessions: 63, kept: 0 }, { kind: 'quarter-end', quarter: '2017-q3', done: 1, total: 1 }]);
    const more = await collect(buildGraphSnapshots(span('2017-06-30', '2017-08-16')));
    expect(more.result).toMatchObject({ computed: 63, kept: 63 });
    expect(Object.keys(more.result.manifest.quarters)).toEqual(['2017-q2', '2017-q3']);
    expect((await collect(buildGraphSnapshots(span('2017-06-30', '2017-08-16')))).events).toEqual([{ kind: 'plan', quarters: 0, sessions: 0, kept: 126 }]);
    const days = await new GraphSnapshots(folder).days(isoDate('2017-07-05'), 4);
    expect(days.map(({ session }) => session)).toEqual(['2017-06-29', '2017-06-30', '2017-07-03', '2017-07-05']);
  });

  it('of a quarter that has grown are built again, those before it are kept', async () => {
    const early = await storeUntil('early', isoDate('2017-11-10'));
    const before = await result(buildGraphSnapshots({ ...request, store: early, start: isoDate('2017-09-01') }));
    const [old] = await graphsIn(before.folder, ['2017-11-10']);
    await importFrom(await openFilesFolder(join(place.folder, 'whole-bars')), early, { clock: eveningOf(TODAY), mode: 'replace' });
    const after = await result(buildGraphSnapshots({ ...request, store: early, start: isoDate('2017-09-01'), end: isoDate('2017-12-29') }));
    expect({ computed: after.computed, kept: after.kept }).toEqual({ computed: 63, kept: 63 });
    expect(await graphsIn(after.folder, ['2017-11-10'])).toEqual([old]);
  });

  it('are others for other settings', () => {
    expect(graphFolder({ ...request, settings: { ...settings, topK: 6 } })).not.toBe(graphFolder(request));
    expect(graphFolder({ ...request, universe: 'sp400' })).not.toBe(graphFolder(request));
  });

  it('stay readable when the process is killed between two quarters, and what it left is removed later', async () => {
    const folder = graphFolder(request);
    await rm(folder, { recursive: true, force: true });
    const work = buildGraphSnapshots(span('2017-04-03', '2017-12-29'));
    for (let quarters = 0; quarters < 1; ) if (((await work.next()).value as { kind: string }).kind === 'quarter-end') quarters++;
    await work.return(undefined as never);
    await writeFile(join(folder, '2017-q3-killed-edges.parquet'), 'half a file');
    await expect(graphsIn(folder, ['2017-05-02'])).resolves.toHaveLength(1);
    await expect(graphsIn(folder, ['2017-08-02'])).rejects.toThrow('expected the graph of 2017-08-02');
    expect(await result(buildGraphSnapshots(span('2017-04-03', '2017-12-29')))).toMatchObject({ computed: 126, kept: 63 });
    expect((await readdir(folder)).filter((name) => name.includes('killed'))).toEqual([]);
  });

  it('end with the signal, whole', async () => {
    const folder = graphFolder(request);
    await rm(folder, { recursive: true, force: true });
    const controller = new AbortController();
    const work = buildGraphSnapshots({ ...span('2017-04-03', '2017-12-29'), signal: controller.signal });
    await work.next();
    controller.abort(new DOMException('enough', 'AbortError'));
    await expect(work.next()).rejects.toThrow('enough');
    expect(await result(buildGraphSnapshots(span('2017-10-02', '2017-10-03')))).toMatchObject({ computed: 63 });
  });

  it('are built by one process at a time', async () => {
    const lock = await takeLock(join(graphFolder(request), 'graphs.lock'), 'tests');
    await expect(result(buildGraphSnapshots(span('2017-10-02', '2017-10-03')))).rejects.toMatchObject({ code: 'LOCKED' });
    lock.release();
  });

  it('say what they are of, and cannot be read where there are none or a file is broken', async () => {
    const own = { ...span('2017-10-02', '2017-10-03'), settings: { ...settings, topK: 3 } }; // a folder of its own, to be broken
    const { folder, manifest } = await result(buildGraphSnapshots(own));
    const text = await readFile(join(folder, 'manifest.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1, settings: { builder: 'correlation', window: 40, topK: 3, universe: 'sp500' } });
    const read = (from: string): Promise<Graph> => new GraphSnapshots(from).graph(isoDate('2017-10-02'));
    await expect(read(join(place.folder, 'nowhere'))).rejects.toMatchObject({ code: 'NO_GRAPH' });
    await writeFile(join(folder, 'manifest.json'), '{');
    await expect(read(folder)).rejects.toMatchObject({ code: 'BAD_MANIFEST' });
    await writeFile(join(folder, 'manifest.json'), text);
    await writeFile(join(folder, manifest.quarters['2017-q4'].files.edges), 'half a file');
    await expect(read(folder)).rejects.toMatchObject({ code: 'UNREADABLE_FILE', fields: { hint: `remove the folder "${folder}" and build the graphs again` } });
  });

  it.each([['2016-06-02', '2017-01-03', 'NO_SESSION'], ['2017-06-01', '2019-01-03', 'NO_SESSION'], ['2017-06-01', '2017-05-03', 'BAD_SPAN']])('of %s to %s are refused', async (start, end, code) => {
    await expect(result(buildGraphSnapshots(span(start, end)))).rejects.toMatchObject({ code });
  });
});

describe('the hash of a quarter', () => {
  it('changes with any return of the window, with membership and sectors, and not with the last bits of a rescaled price', async () => {
    const inputs = await readGraphInputs(request.store, { universe: 'sp500', start: isoDate('2017-10-02'), end: isoDate('2017-12-29'), window: 40, policies: {} });
    const [quarter] = quartersFrom(inputs, isoDate('2017-10-02'));
    const hash = (changed: Partial<typeof inputs> = {}): string => quarterHash({ ...inputs, ...changed }, quarter, 40);
    const at = 3 * inputs.sessions.length + quarter.from - 39;
    const replaced = (value: (before: number) => number, where: number): Float64Array => inputs.returns.with(where, value(inputs.returns[where]));
    expect(hash({ returns: replaced((value) => value * (1 + 1e-15), at) })).toBe(hash());
    expect(hash({ returns: replaced((value) => value + 1e-6, at) })).not.toBe(hash());
    expect(hash({ returns: replaced((value) => value + 1e-6, at - 1) })).toBe(hash());
    expect(hash({ member: inputs.member!.with(at + 45, 0) })).not.toBe(hash());
    expect(hash({ priced: inputs.priced!.with(at, 0) })).not.toBe(hash());
    expect(hash({ sectors: new Map([...inputs.sectors!, [inputs.symbols[3], 'Other']]) })).not.toBe(hash());
  });
});
