import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { systemClock } from '../../src/core/clock.js';
import { isoDate } from '../../src/core/dates.js';
import { ConfigError } from '../../src/core/errors.js';
import { createRng } from '../../src/core/rng.js';
import { dataConfig, type DataConfig } from '../../src/data/config.js';
import { importFrom, ownDatasets } from '../../src/data/import.js';
import { openFiles } from '../../src/data/providers/files/provider.js';
import type { StoredChain } from '../../src/data/option-chains/chain-rows.js';
import { openInterestTiming } from '../../src/data/option-chains/open-interest-timing.js';
import { readChains } from '../../src/data/option-chains/read-chains.js';
import { RECORDS } from '../../src/data/records.js';
import { Store } from '../../src/data/store/store.js';
import { prepareData, type PreparedData } from '../../src/lab/data-source.js';
import { open, type Lab } from '../../src/lab/open.js';
import { syntheticProvider } from '../../src/lab/synthetic-provider.js';
import { renderRecommendationReport } from '../../src/report/page.js';
import { syntheticMarket } from '../../src/simulation/synthetic-market.js';
import { testProviderContract } from '../contracts/provider.js';
import { eveningOf, temporaryFolder, writeSmallMarket } from '../pipeline/small-market.js';

const simulation = { symbols: 12, start: isoDate('2015-10-01'), end: isoDate('2016-06-30'), options: { underlyings: 3, sessions: 6 } };
testProviderContract('synthetic', async () => syntheticProvider({ seed: 7, universe: 'sp500', simulation }), ['bars', 'reference', 'membership', 'news', 'option_chains', 'option_underlyings']);
testProviderContract('synthetic-without-options', async () => syntheticProvider({ seed: 7, universe: 'sp500', simulation: { ...simulation, options: null } }), ['bars', 'reference', 'membership', 'news']);

const TODAY = isoDate('2016-06-30');
const SMALL = ['data.synthetic.symbols=40', 'data.synthetic.start=2014-01-02', 'data.synthetic.end=2016-06-30', 'data.synthetic.underlyings=4', 'data.synthetic.chainSessions=8', 'forecast.window=60', 'forecast.minSessions=20', 'data.history=300'];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let lab: Lab;
beforeAll(async () => {
  place = await temporaryFolder();
  lab = await open({ data: 'synthetic', seed: 7, cwd: place.folder, set: SMALL, clock: eveningOf(TODAY) });
});
afterAll(() => place.remove());

describe('a lab on a synthetic market', () => {
  it('has the market of its seed', async () => {
    const market = syntheticMarket({ symbols: 40, start: isoDate('2014-01-02'), end: TODAY }, createRng(7));
    const bars = await lab.panel({ start: '2015-01-02' });
    const { sessions } = market;
    const symbol = bars.symbols[3];
    const open = market.bars.open.subarray(market.symbols.indexOf(symbol) * sessions.length, (market.symbols.indexOf(symbol) + 1) * sessions.length);
    const found = bars.series('open', symbol);
    const expected = open.subarray(sessions.length - bars.sessions.length);
    const off = found.filter((value, t) => !Number.isNaN(value) && Math.abs(value / expected[t] - 1) > 1e-12);
    expect(off.length).toBe(0);
    expect(found.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(0.95 * bars.sessions.length);
    expect([bars.symbols[0].slice(0, 3), bars.last]).toEqual(['SYN', TODAY]);
  });

  it('gives features and labels as on real data', async () => {
    const bars = await lab.panel();
    const features = await lab.features(bars, ['momentum-3-1', 'realized-volatility-21']);
    const labels = lab.labels(bars, { horizon: 5, residual: 'sector' });
    expect(features.symbols).toEqual(bars.symbols);
    expect(Array.from(features.column('momentum-3-1')).filter(Number.isFinite).length).toBeGreaterThan(10_000);
    expect(labels.horizon).toBe(5);
  });

  it('lies in a place of its own', () => {
    expect(lab.store.folder).toBe(join(place.folder, '.swing/synthetic/store'));
    expect(Object.values(lab.config.paths).every((path) => path.startsWith(join(place.folder, '.swing/synthetic')))).toBe(true);
    expect(existsSync(join(place.folder, '.swing/store'))).toBe(false);
  });

  it('says SYNTHETIC in the provenance of every dataset, and names each company so', async () => {
    const { datasets } = await lab.store.manifest();
    for (const name of ['bars', 'membership', 'reference', 'news', 'option_chains', 'option_underlyings']) {
      expect(datasets[name].source, name).toBe('SYNTHETIC market, seed 7');
      expect(datasets[name].notes.join(' '), name).toContain('SYNTHETIC: made by a simulation with seed 7');
    }
    expect([...(await lab.companies()).values()].every(({ name }) => /^Synthetic Company \d{3} \(SYNTHETIC\)$/.test(name))).toBe(true);
  });

  it('says SYNTHETIC on what it recommends, in the document and on the page', async () => {
    const document = await lab.recommend();
    expect(document.caveats.some((caveat) => caveat.startsWith('SYNTHETIC: made by a simulation with seed 7'))).toBe(true);
    expect(document.data.find(({ dataset }) => dataset === 'bars')?.source).toBe('SYNTHETIC market, seed 7');
    const page = renderRecommendationReport({ document, charts: new Map(), generatedBy: 'a test' });
    expect(page).toContain('SYNTHETIC market, seed 7');
    expect(page.split('SYNTHETIC').length).toBeGreaterThan(3);
  });
});

describe('options of a synthetic market', () => {
  it('are stored with quotes and without volatilities, their open interest settled the session before', async () => {
    const chains: StoredChain[] = [];
    for await (const chain of readChains(lab.store)) chains.push(chain);
    expect(new Set(chains.map(({ session }) => session)).size).toBe(8);
    expect(chains.length).toBe(4 * 8);
    for (const { bid, ask, impliedVolatility, spot, strike } of chains) {
      expect(bid.every((value, row) => value >= 0 && ask[row] > value)).toBe(true);
      expect(impliedVolatility.every(Number.isNaN)).toBe(true);
      expect(strike[0] < spot && strike[strike.length - 1] > spot).toBe(true);
    }
    const timing = await lab.store.query((connection) => openInterestTiming(connection, 'option_chains'));
    expect(timing).toMatchObject({ verdict: 'as-documented', withinFirst: 1 });
  });

  it('are other data for other settings, and leave the stocks as they were', async () => {
    const fingerprints = async (options: object | null): Promise<(string | undefined)[]> => {
      const provider = syntheticProvider({ seed: 7, universe: 'sp500', simulation: { ...simulation, options } });
      return Promise.all(['bars' as const, ...(options === null ? [] : ['option_chains' as const])].map((dataset) => provider.fingerprint!(dataset)));
    };
    const [some, more, none] = [await fingerprints({ underlyings: 3 }), await fingerprints({ underlyings: 4 }), await fingerprints(null)];
    expect([more[0], none[0]]).toEqual([some[0], some[0]]);
    expect(more[1]).not.toBe(some[1]);
  });
});

describe('data.source synthetic', () => {
  let stores = 0;
  const freshStore = (): Promise<Store> => Store.open(join(place.folder, `store-${++stores}`));
  const synthetic = (more: object = {}): DataConfig => dataConfig.parse({ source: 'synthetic', synthetic: { symbols: 12, start: '2015-10-01', end: '2016-06-30', underlyings: 2, chainSessions: 3, ...more } });
  const prepare = (store: Store, config: DataConfig): Promise<PreparedData> => prepareData(store, config, { clock: systemClock, root: place.folder });
  const closes = async (store: Store): Promise<string> => (await store.entry('bars'))!.contentHash;
  const keepRecord = (store: Store): Promise<unknown> => {
    const row = { session: Int32Array.of(16_982), cash_cents: Float64Array.of(1), equity: Float64Array.of(0.01), highest_equity: Float64Array.of(0.01), positions: Float64Array.of(0), orders: Float64Array.of(0), document_hash: ['x'] };
    const batches = (async function* () {
      yield { rowCount: 1, columns: row };
    })();
    return store.commit([{ dataset: 'paper_account', schema: RECORDS.paper_account, provider: 'swinglab', provenance: { source: 'a test', licence: 'own' }, mode: 'merge', batches }], { clock: eveningOf(TODAY) });
  };

  it('comes in once for a seed and settings, and again for others; the paper book of another market leaves', async () => {
    const store = await freshStore();
    expect(await prepare(store, synthetic())).toMatchObject({ imported: 'synthetic' });
    const first = await closes(store);
    await keepRecord(store);
    expect(await prepare(store, synthetic())).toEqual({ imported: null, rows: 0 });
    expect((await store.manifest()).datasets['paper_account']).toBeDefined();
    await prepare(store, synthetic({ seed: 8 }));
    expect(await closes(store)).not.toBe(first);
    expect((await store.manifest()).datasets['paper_account']).toBeUndefined();
    await prepare(store, synthetic({ seed: 7 }));
    expect(await closes(store)).toBe(first);
    await prepare(store, synthetic({ planted: false }));
    expect(await closes(store)).not.toBe(first);
  });

  it('is nobody\'s own: it refuses to lie beside own data, and leaves when own data comes', async () => {
    const bars = join(await writeSmallMarket(join(place.folder, 'small')), 'bars.parquet');
    const own = await freshStore();
    await importFrom(await openFiles([{ path: bars }]), own, { clock: systemClock });
    await expect(prepare(own, synthetic())).rejects.toThrow(ConfigError);
    await expect(importFrom(syntheticProvider({ seed: 1, universe: 'sp500', simulation }), own, { clock: systemClock })).rejects.toThrow('expected a store without own data for a synthetic market, found bars');

    const store = await freshStore();
    await prepare(store, synthetic());
    await keepRecord(store);
    expect(ownDatasets(await store.manifest())).toEqual([]);
    const { dropped } = await importFrom(await openFiles([{ path: bars }]), store, { clock: systemClock });
    expect([...dropped].sort()).toEqual(['bars', 'membership', 'news', 'option_chains', 'option_underlyings', 'paper_account', 'reference']);
    expect(Object.keys((await store.manifest()).datasets)).toEqual(['bars']);
  });

  it('never mixes with the bundled sample', async () => {
    const store = await freshStore();
    await prepare(store, synthetic());
    await prepareData(store, dataConfig.parse({}), { clock: systemClock, root: place.folder });
    const sample = (await store.manifest()).datasets;
    expect(new Set(Object.values(sample).map(({ provider }) => provider))).toEqual(new Set(['sample']));
    expect(sample['news']).toBeUndefined();
    await prepare(store, synthetic());
    const again = (await store.manifest()).datasets;
    expect(Object.keys(again).sort()).toEqual(['bars', 'membership', 'news', 'option_chains', 'option_underlyings', 'reference']);
  }, 60_000);
});
