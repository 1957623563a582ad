import { isoDate, type IsoDate } from '../../src/core/dates.js';
import type { Changes, HeldPosition, HitRate, Recommendation, RecommendationDocument, TrackRecord } from '../../src/recommendation/recommendation.js';

const EQUITY = 1_043_872.16;

type Portfolio = RecommendationDocument['portfolio'];

/** What is held of the fixture's names, and what that makes of sectors and exposure. */
export function bookOf(recommendations: readonly Recommendation[], names: readonly (readonly [symbol: string, name: string, sector: string, action: string, price: number])[]): Pick<Portfolio, 'held' | 'sectors' | 'exposure'> {
  const closes = new Map(names.map(([symbol, , , , price]) => [symbol, price]));
  const held = recommendations.filter(({ action }) => action !== 'enter').map((one, i) => position(one, closes.get(one.symbol)!, i)).sort((a, b) => b.weight - a.weight);
  const bySector = new Map<string, number>();
  for (const { sector, weight } of recommendations) if (weight > 0) bySector.set(sector!, (bySector.get(sector!) ?? 0) + weight);
  const sectors = [...bySector].map(([sector, weight]) => ({ sector, weight })).sort((a, b) => b.weight - a.weight);
  return { held, sectors, exposure: { gross: sectors.reduce((sum, { weight }) => sum + weight, 0), beta: 0.871, volatility: 0.1134, drawdown: 0.0213 } };
}

function position({ symbol, listedSymbol, sector, action, shares, entry, stop, target }: Recommendation, close: number, i: number): HeldPosition {
  const count = action === 'exit' ? 640 : action === 'reduce' ? shares + 107 : shares;
  return { symbol, listedSymbol, sector, shares: count, entrySession: isoDate(`2018-01-${String(22 + i)}`), entryPrice: entry, close, value: count * close, weight: (count * close) / EQUITY, return: close / entry - 1, stop, target };
}

export const CHANGES: Changes = {
  since: isoDate('2018-02-06'), equity: 6_661.61, newEntries: ['ABER', 'GLDN', 'LMNA'], newExits: ['DUNE'],
  dropped: [{ symbol: 'PLSN', reason: 'its rank fell to 58' }, { symbol: 'TIDE', reason: 'the sector-cap rule left no weight for it' }],
  filled: [
    { symbol: 'CSTL', side: 'buy', shares: 268, price: 231.17, reason: 'entry', return: null }, { symbol: 'MILL', side: 'sell', shares: 40, price: 12.5, reason: 'rank', return: 0.0124 },
    { symbol: 'OAKR', side: 'sell', shares: 1204, price: 52.88, reason: 'target', return: 0.0312 }, { symbol: 'PINE_2019', side: 'sell', shares: 310, price: 73.1, reason: 'stop', return: -0.0513 },
  ],
  moves: ['CSTL', 'DUNE', 'FRTH', 'HRBR', 'IVRY', 'KSTR', 'AA', 'BB', 'CC', 'DD', 'EE', 'FF'].map((symbol, i) => ({ symbol, return: (i % 2 === 0 ? 1 : -1) * 0.004 * (12 - i) })),
};

/** One rule that cuts, one that cannot be kept to and does not know all, one that knows nothing, one far below its limit. */
export const RISK: RecommendationDocument['risk'] = {
  readings: [
    { rule: 'max-weight', limits: 'the largest weight of one name', unit: 'fraction', limit: 0.1, before: 0.104, after: 0.1, unknown: 0 },
    { rule: 'sector-cap', limits: 'the largest sum of weights of one sector', unit: 'fraction', limit: 0.3, before: 0.342, after: 0.3, unknown: 0 },
    { rule: 'max-beta', limits: 'the slope of the book on the benchmark', unit: 'number', limit: 0.85, before: 1.08, after: 0.871, unknown: 2 },
    { rule: 'earnings', limits: 'names that are bought with a report expected', unit: 'names', limit: 0, before: 0, after: 0, unknown: 10 },
    { rule: 'max-positions', limits: 'names in the book', unit: 'names', limit: 20, before: 12, after: 10, unknown: 0 },
  ],
  conflicts: [{ rule: 'max-beta', reason: 'Beta is 0.87 and may be 0.85: KSTR and IVRY cannot be sold at the next open.' }],
};

const share = (hits: number, of: number, interval: readonly [number, number]): HitRate => ({ hits, of, rate: hits / of, interval });

/** A year of evenings. */
export function trackRecord(sessions: readonly IsoDate[]): TrackRecord {
  return {
    from: sessions[0], to: sessions.at(-2)!, evenings: 251,
    trades: {
      closed: 148, entrySessions: 96, hits: share(82, 148, [0.4737, 0.6318]), meanReturn: 0.0041, meanInterval: [-0.0012, 0.0093], meanSessions: 6.4, profit: 31_250.4,
      last: [
        { symbol: 'OAKR', listedSymbol: 'OAKR', entrySession: isoDate('2018-01-24'), exitSession: isoDate('2018-02-07'), return: 0.0312, expected: 0.0084, why: 'target' },
        { symbol: 'PINE_2019', listedSymbol: 'PINE', entrySession: isoDate('2018-01-19'), exitSession: isoDate('2018-01-31'), return: -0.0455, expected: null, why: 'not-eligible' },
      ],
    },
    forecasts: { matured: 210, evenings: 187, rightSign: share(113, 210, [0.4707, 0.6042]), inInterval: share(158, 210, [0.6899, 0.8058]), coverage: 0.8, meanExpected: 0.0091, meanOutcome: 0.0037 },
    equity: sessions.map((session, i) => ({ session, equity: Math.round(100 * (1_000_000 + 170 * i + 14_000 * Math.sin(i / 17) - (i > 230 ? 900 * (i - 230) : 0))) / 100 })),
  };
}

/** The record after the first trades: too little to say anything. */
export function youngRecord(record: TrackRecord): TrackRecord {
  const few = { ...record.trades, closed: 12, entrySessions: 5, hits: share(7, 12, [0.3195, 0.8067]), meanInterval: record.trades.meanInterval, last: record.trades.last.slice(0, 1) };
  return { ...record, evenings: 14, trades: few, forecasts: { ...record.forecasts, matured: 9, evenings: 4, rightSign: share(5, 9, [0.2667, 0.8112]), inInterval: share(7, 9, [0.4526, 0.9368]) }, equity: record.equity.slice(-14) };
}

/** The record of a book in which nothing was closed yet. */
export function emptyRecord(record: TrackRecord): TrackRecord {
  const none: HitRate = { hits: 0, of: 0, rate: null, interval: null };
  return { ...record, evenings: 1, trades: { closed: 0, entrySessions: 0, hits: none, meanReturn: null, meanInterval: null, meanSessions: null, profit: 0, last: [] }, forecasts: { matured: 0, evenings: 0, rightSign: none, inInterval: none, coverage: null, meanExpected: null, meanOutcome: null }, equity: record.equity.slice(-1) };
}
