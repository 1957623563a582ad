import { describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { XNYS } from '../../src/core/calendar.js';
import { toCents } from '../../src/portfolio/cents.js';
import { riskConfig } from '../../src/portfolio/rules/config.js';
import type { Changes, TrackRecord } from '../../src/recommendation/recommendation.js';
import { bookAfter, evening, MADE } from './evening.js';
import { complaints, SCHEMA, type JsonSchema } from './schema.js';

const finding = { rule: 'zero-volume', symbol: 'S00', session: isoDate('2016-01-04'), end: isoDate('2016-01-04'), knownAt: isoDate('2016-01-04'), detail: 'expected trading, found none', policy: 'keep', value: 1 } as const;
const [FIRST, SECOND, SYMBOL] = [isoDate('2016-05-02'), isoDate('2016-05-03'), 'S00'];
const changes: Changes = {
  since: SECOND, equity: -12.5, newEntries: [SYMBOL], newExits: ['S01'], dropped: [{ symbol: 'S02', reason: 'ranked below the best 5' }],
  filled: [{ symbol: SYMBOL, side: 'buy', shares: 3, price: 9.5, reason: 'entry', return: null }, { symbol: 'S01', side: 'sell', shares: 0.5, price: 9.5, reason: 'split-cash', return: 0.1 }],
  moves: [{ symbol: SYMBOL, return: -0.02 }],
};
const hits = { hits: 3, of: 10, rate: 0.3, interval: [0.1, 0.6] as const };
const trackRecord: TrackRecord = {
  from: FIRST, to: SECOND, evenings: 2,
  trades: { closed: 10, entrySessions: 4, hits, meanReturn: 0.01, meanInterval: [-0.01, 0.03], meanSessions: 4.5, profit: 120.5, last: [{ symbol: SYMBOL, listedSymbol: SYMBOL, entrySession: FIRST, exitSession: SECOND, return: 0.02, expected: null, why: 'stop' }] },
  forecasts: { matured: 0, evenings: 0, rightSign: { hits: 0, of: 0, rate: null, interval: null }, inInterval: hits, coverage: 0.8, meanExpected: null, meanOutcome: null },
  equity: [{ session: FIRST, equity: 1_000_000 }, { session: SECOND, equity: 999_987.5 }],
};
const before = bookAfter(1, { positions: ['S05', 'S09'].map((symbol) => ({ symbol, shares: 3000, entrySession: XNYS.shift(MADE.bars.last!, -3), entryPrice: 100, cost: toCents(300_000), high: 100, stop: 0.01, target: 1e6, horizon: 10, trailing: 3 })), orders: [{ symbol: 'S10', side: 'buy', shares: 5, decidedOn: XNYS.shift(MADE.bars.last!, -1), plan: { stop: 1, target: 1e6, horizon: 5, trailing: null } }] });
const document = (await evening({ findings: [finding], changes, trackRecord, before, settings: { keepWithin: 10 }, risk: riskConfig.parse({ maxWeight: { max: 0.05 } }) })).document;

const ENTRY = document.recommendations.findIndex(({ action }) => action === 'enter');

/** A copy with the value at a path changed; `undefined` removes it. */
function with_(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(document) as unknown as Record<string | number, any>;
  const parent = path.slice(0, -1).reduce<Record<string | number, any>>((at, key) => at[key], copy);
  if (value === undefined) delete parent[path.at(-1)!];
  else parent[path.at(-1)!] = value;
  return copy;
}

/** Every place of the schema that describes an object with named properties, or one of them. */
function* places(node: unknown, path = '#'): Generator<{ path: string; node: JsonSchema }> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield { path, node: node as JsonSchema };
  for (const [key, value] of Object.entries(node)) yield* places(value, `${path}/${key}`);
}

const isCondition = (path: string): boolean => /\/(if|then|else)(\/|$)/.test(path);

describe('the published schema', () => {
  it('accepts the document of an evening', () => {
    expect(complaints(document)).toEqual([]);
    expect(document.recommendations.length).toBeGreaterThan(0);
    expect(document.quality.length).toBeGreaterThan(0);
    expect(document.leftOut.length).toBeGreaterThan(0);
  });

  it('is tried on a document with something everywhere', () => {
    const { portfolio, risk, recommendations } = document;
    for (const list of [portfolio.held, portfolio.fills, portfolio.sectors, risk.readings]) expect(list.length).toBeGreaterThan(0);
    expect(recommendations.map(({ action }) => action)).toEqual(expect.arrayContaining(['enter', 'reduce']));
    expect(recommendations.some(({ sizes }) => sizes.steps.length > 0)).toBe(true);
  });

  it('accepts the first evening, without changes and record', () => {
    expect(complaints({ ...document, changes: null, trackRecord: null })).toEqual([]);
  });

  it('describes every property and refuses unknown ones everywhere', () => {
    let properties = 0;
    for (const { path, node } of places(SCHEMA)) {
      if (isCondition(path)) continue;
      if (node['type'] === 'object') expect(node, path).toHaveProperty('additionalProperties');
      if (!/\/(properties|\$defs|items)(\/[^/]+)?$/.test(path) || /\/(properties|\$defs)$/.test(path)) continue;
      const described = typeof node['description'] === 'string' || typeof node['$ref'] === 'string';
      expect(described, path).toBe(true);
      properties++;
    }
    expect(properties).toBeGreaterThan(60);
  });

  it('requires every property that it names', () => {
    for (const { path, node } of places(SCHEMA)) {
      if (isCondition(path) || node['properties'] === undefined || path.endsWith('/properties')) continue;
      expect([...(node['required'] as string[])].sort(), path).toEqual(Object.keys(node['properties'] as object).sort());
    }
  });

  it('refuses the document without any one of its properties', () => {
    for (const name of Object.keys(document)) expect(complaints(with_([name], undefined)), name).not.toEqual([]);
    for (const name of Object.keys(document.recommendations[0])) expect(complaints(with_(['recommendations', 0, name], undefined)), name).not.toEqual([]);
    const places: (string | number)[][] = [['portfolio'], ['portfolio', 'held', 0], ['portfolio', 'fills', 0], ['portfolio', 'sectors', 0], ['portfolio', 'exposure'], ['risk'], ['risk', 'readings', 0], ['changes'], ['changes', 'filled', 0], ['trackRecord'], ['trackRecord', 'trades'], ['trackRecord', 'trades', 'hits'], ['trackRecord', 'trades', 'last', 0], ['trackRecord', 'forecasts'], ['recommendations', 0, 'reasons', 0], ['recommendations', 0, 'sizes'], ['leftOut', 0]];
    for (const place of places) {
      const there = place.reduce<Record<string | number, any>>((at, key) => at[key], document);
      for (const name of Object.keys(there)) expect(complaints(with_([...place, name], undefined)), [...place, name].join('/')).not.toEqual([]);
    }
  });

  it.each<[string, (string | number)[], unknown]>([
    ['a version it does not know', ['schemaVersion'], 1],
    ['a date of another form', ['asOf'], '07.02.2018'],
    ['an unknown property', ['generatedAt'], '2018-02-07T23:30:00Z'],
    ['an unknown property of a recommendation', ['recommendations', 0, 'quantity'], 1],
    ['an unknown action', ['recommendations', 0, 'action'], 'buy'],
    ['a short side', ['recommendations', 0, 'side'], 'short'],
    ['half a share', ['recommendations', 0, 'shares'], 1.5],
    ['a negative weight', ['recommendations', 0, 'weight'], -0.1],
    ['a missing price', ['recommendations', 0, 'entry'], null],
    ['an interval of one end', ['recommendations', 0, 'interval'], [0.1]],
    ['an expected return without an interval', ['recommendations', 0, 'interval'], null],
    ['no reasons', ['recommendations', 0, 'reasons'], []],
    ['a number in a reason that is none', ['recommendations', 0, 'reasons', 0, 'values', 'return'], null],
    ['an exit with a weight', ['recommendations', ENTRY, 'action'], 'exit'],
    ['negative cash', ['portfolio', 'cash'], -0.01],
    ['an expected return without an edge', ['recommendations', 0, 'edge'], null],
    ['an entry without an order', ['recommendations', ENTRY, 'order'], null],
    ['an order of another kind', ['recommendations', ENTRY, 'order'], { kind: 'close' }],
    ['a limit order without a limit', ['recommendations', ENTRY, 'order'], { kind: 'limit' }],
    ['an entry of no shares', ['recommendations', ENTRY, 'trade'], 0],
    ['an entry that nothing can disprove', ['recommendations', ENTRY, 'wouldDisprove'], []],
    ['an entry called held', ['recommendations', ENTRY, 'action'], 'hold'],
    ['a rank of 0', ['recommendations', ENTRY, 'priority', 'rank'], 0],
    ['a step that is no sentence', ['recommendations', ENTRY, 'sizes', 'steps'], [{ rule: 'max-weight', before: 0.1, after: 0.05, text: '' }]],
    ['a reason without a source', ['recommendations', 0, 'reasons', 0, 'source'], ''],
    ['a fill for no reason that there is', ['portfolio', 'fills', 0, 'reason'], 'mood'],
    ['a held position of no shares', ['portfolio', 'held', 0, 'shares'], 0],
    ['a negative drawdown', ['portfolio', 'exposure', 'drawdown'], -0.1],
    ['a rule in an unknown unit', ['risk', 'readings', 0, 'unit'], 'percent'],
    ['a share of hits above 1', ['trackRecord', 'trades', 'hits', 'rate'], 1.1],
    ['more trades named than ten', ['trackRecord', 'trades', 'last'], Array.from({ length: 11 }, () => trackRecord.trades.last[0])],
    ['a track record of no evenings', ['trackRecord', 'evenings'], 0],
    ['a hash that is none', ['provenance', 'dataHash'], 'abc'],
    ['no caveats', ['caveats'], []],
    ['an unknown policy', ['quality', 0, 'policy'], 'delete'],
  ])('refuses %s', (_, path, value) => {
    expect(complaints(with_(path, value))).not.toEqual([]);
  });
});
