import { addDays, isoDate, toEpochDay, weekday, type IsoDate } from '../../src/core/dates.js';
import type { Action, Reason, Recommendation, RecommendationDocument } from '../../src/recommendation/recommendation.js';
import type { ReportInput } from '../../src/report/page.js';
import type { PriceSeries } from '../../src/report/price-series.js';
import { bookOf, CHANGES, RISK, trackRecord } from './book-fixture.js';
import { FEATURE_SUMMARY, featureValues } from './features-fixture.js';

export const AS_OF = isoDate('2018-02-07');
export const ACT_ON = isoDate('2018-02-08');

/** Holidays of the span, so that the fixture has gaps beside weekends. */
const CLOSED = new Set(['2017-07-04', '2017-09-04', '2017-11-23', '2017-12-25', '2018-01-01', '2018-01-15']);

/** Invented companies: the fixture says nothing about real ones. */
const NAMES: readonly (readonly [symbol: string, name: string, sector: string, action: Action, price: number])[] = [
  ['ABER', 'Aberdale Semiconductor', 'Information Technology', 'enter', 118.4],
  ['BRKW', 'Brackwater Industries', 'Industrials', 'enter', 64.2],
  ['CSTL', 'Castleford Payments Group Holdings', 'Financials', 'hold', 233.1],
  ['DUNE', 'Dunesea Energy', 'Energy', 'exit', 41.75],
  ['ELMA', 'Elmarsh Health', 'Health Care', 'enter', 152.9],
  ['FRTH', 'Firth & Loch Foods', 'Consumer Staples', 'hold', 58.3],
  ['GLDN', 'Glendon Software', 'Information Technology', 'enter', 87.65],
  ['HRBR', 'Harbour Retail', 'Consumer Discretionary', 'exit', 29.4],
  ['IVRY', 'Ivory Bay Networks', 'Information Technology', 'hold', 310.5],
  ['JNPR-B', 'Juniper Hill Class B', 'Communication Services', 'enter', 45.05],
  ['KSTR', 'Kestrel Aerospace', 'Industrials', 'reduce', 196.8],
  ['LMNA', 'Lumina Biologics', 'Health Care', 'enter', 74.15],
];

/** Small seeded generator of uniforms in [0, 1), so that the fixture needs nothing but itself (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sessions of a simple calendar: weekdays without the fixture's holidays, the last one `AS_OF`. */
export function sessionsUntil(count: number): readonly IsoDate[] {
  const sessions: IsoDate[] = [];
  for (let date: IsoDate = AS_OF; sessions.length < count; date = addDays(date, -1)) {
    if (weekday(toEpochDay(date)) < 5 && !CLOSED.has(date)) sessions.unshift(date);
  }
  return sessions;
}

/** A walk that ends at `last`, with calmer and wilder stretches. */
export function priceSeries(last: number, drift: number, next: () => number, count = 180): PriceSeries {
  const sessions = sessionsUntil(count);
  const normal = (): number => next() + next() + next() + next() + next() + next() - 3;
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(count)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  let [price, volatility] = [100, 0.017];
  for (let t = 0; t < count; t++) {
    volatility = 0.9 * volatility + 0.1 * (0.008 + 0.02 * next());
    open[t] = price * (1 + volatility * 0.4 * normal());
    price *= 1 + drift + volatility * normal();
    close[t] = price;
    high[t] = Math.max(open[t], price) * (1 + volatility * 0.5 * next());
    low[t] = Math.min(open[t], price) * (1 - volatility * 0.5 * next());
    volume[t] = Math.round(2e6 * (0.6 + next()) * (1 + 30 * Math.abs(price / open[t] - 1)));
  }
  for (const column of [open, high, low, close]) column.forEach((value, t) => (column[t] = (value * last) / price));
  return { sessions, open, high, low, close, volume };
}

type Unit = 'price' | 'fraction' | 'sessions' | 'count' | 'score' | 'ratio' | 'name' | 'date' | 'feature';

function reason(code: string, source: string, text: string, numbers: Readonly<Record<string, readonly [number | string, Unit]>>): Reason {
  const entries = Object.entries(numbers);
  return { code, text, values: Object.fromEntries(entries.map(([name, [value]]) => [name, value])), units: Object.fromEntries(entries.map(([name, [, unit]]) => [name, unit])), source, asOf: AS_OF };
}

function exitReasons(lost: number): readonly Reason[] {
  return [
    reason('model-rank', 'model', `Rank ${lost} of 391 by LightGBM, learnt through 2017-12-07.`, { model: ['LightGBM, learnt through 2017-12-07', 'name'], score: [-0.0041, 'score'], rank: [lost, 'count'], of: [391, 'count'] }),
    reason('rank', 'model', `Fell to rank ${lost}, beyond the limit of 40.`, { rank: [lost, 'count'], limit: [40, 'count'] }),
    reason('not-eligible', 'bars', 'No longer eligible: its price is suspect.', {}),
  ];
}

interface Numbers { readonly rank: number; readonly momentum: number; readonly volatility: number; readonly price: number; readonly stop: number }

function entryReasons({ rank, momentum, volatility, price, stop }: Numbers): readonly Reason[] {
  const contribution = Number((0.002 + momentum / 100).toFixed(4));
  return [
    reason('model-rank', 'model', `Rank ${rank} of 391 by LightGBM, learnt through 2017-12-07.`, { model: ['LightGBM, learnt through 2017-12-07', 'name'], score: [Number((0.04 - rank / 1000).toFixed(4)), 'score'], rank: [rank, 'count'], of: [391, 'count'] }),
    reason('driver', 'model', `Volume of the day against three months, in deviations, −1.20, lower than 88 % of the members: lowers its score, 9.5 % of all that moved it (volume-z-score-63).`, { feature: ['volume-z-score-63', 'name'], contribution: [-0.0031, 'score'], share: [0.095, 'fraction'], value: [-1.2, 'feature'], rank: [0.12, 'fraction'] }),
    reason('driver', 'model', `Rose ${(momentum * 100).toFixed(1)} % from a year ago to a month ago, higher than 93 % of the members: raises its score, 21 % of all that moved it (momentum-12-1).`, { feature: ['momentum-12-1', 'name'], contribution: [contribution, 'score'], share: [0.21, 'fraction'], value: [Number(momentum.toFixed(4)), 'feature'], rank: [0.93, 'fraction'] }),
    reason('size', 'settings', `Sized for a volatility of ${(volatility * 100).toFixed(1)} % a year against a target of 15 %.`, { volatility: [Number(volatility.toFixed(4)), 'fraction'], targetVolatility: [0.15, 'fraction'], top: [20, 'count'] }),
    reason('levels', 'bars', `Stop at ${stop.toFixed(2)}: 3 average daily ranges of ${((price - stop) / 3).toFixed(2)}.`, { stop: [stop, 'price'], range: [round((price - stop) / 3), 'price'], stopRanges: [3, 'ratio'] }),
  ];
}

function disproof(stop: number, interval: readonly [number, number], horizon: number): readonly Reason[] {
  return [
    reason('breaks-stop', 'bars', `A close at or below ${stop.toFixed(2)}.`, { stop: [stop, 'price'] }),
    reason('time-runs-out', 'settings', `No gain by 15 February 2018, ${horizon} sessions after the entry.`, { date: ['2018-02-15', 'date'], sessions: [horizon, 'sessions'] }),
    reason('misses-interval', 'model', `A return below ${(interval[0] * 100).toFixed(1)} %, the low end of the interval.`, { low: [Number(interval[0].toFixed(4)), 'fraction'], coverage: [0.8, 'fraction'], date: ['2018-02-15', 'date'] }),
  ];
}

function recommendation([symbol, name, sector, action, price]: (typeof NAMES)[number], next: () => number): Recommendation {
  const risk = 0.03 + 0.05 * next();
  const entry = action === 'enter' ? price : price * (0.93 + 0.12 * next());
  const expectedReturn = action === 'exit' ? null : 0.004 + 0.02 * next();
  const weight = action === 'exit' ? 0 : 0.045 + 0.06 * next();
  const rank = 1 + Math.floor(20 * next());
  const lost = 60 + Math.floor(80 * next());
  const momentum = 0.12 + 0.6 * next();
  const volatility = 0.18 + 0.2 * next();
  const stop = round(price * (1 - risk));
  const horizon = 5 + Math.floor(6 * next());
  const interval = expectedReturn === null ? null : ([expectedReturn - 0.03 - 0.04 * next(), expectedReturn + 0.03 + 0.04 * next()] as const);
  const wanted = action === 'exit' ? 0 : weight + (symbol === 'ABER' || action === 'reduce' ? 0.021 : 0);
  const steps = wanted === weight ? [] : [
    { rule: 'sector-cap', before: wanted, after: weight + 0.004, text: `${sector} would be 34.2 % of equity; at most 30 % may be.` },
    { rule: 'max-beta', before: weight + 0.004, after: weight, text: 'Beta would be 1.08; at most 1 may be.' },
  ];
  const cut: readonly Reason[] = action === 'reduce' ? [reason('risk-rule', 'risk rules', 'The sector-cap rule cut it: Industrials would be 34.2 % of equity; at most 30 % may be.', { rule: ['sector-cap', 'name'], before: [wanted, 'fraction'], after: [weight, 'fraction'] })] : [];
  const trailing: readonly Reason[] = symbol === 'CSTL' ? [reason('trailing', 'bars', 'The stop follows 3 average daily ranges below the highest close.', { distance: [round(price * risk), 'price'], ranges: [3, 'ratio'] })] : [];
  return {
    symbol, listedSymbol: symbol === 'IVRY' ? 'IVB' : symbol, name, sector, action, side: 'long', entry: round(entry), stop, target: round(price * (1 + risk * (1.3 + next()))),
    weight, trailing: symbol === 'CSTL' ? round(price * risk) : null, shares: Math.floor((1_000_000 * weight) / price), trade: action === 'hold' ? 0 : action === 'exit' ? 640 : action === 'reduce' ? 107 : Math.floor((1_000_000 * weight) / price), horizon, expectedReturn, edge: expectedReturn === null ? null : round6(expectedReturn / 8), forecastHorizon: expectedReturn === null ? null : horizon, interval,
    reasons: action === 'exit' ? exitReasons(lost) : [...entryReasons({ rank, momentum, volatility, price, stop }), ...cut, ...trailing],
    order: action !== 'enter' ? null : symbol === 'LMNA' ? { kind: 'limit', limit: 73.5 } : { kind: 'open' },
    priority: symbol === 'DUNE' ? null : { score: Number((1 - (action === 'exit' ? lost : rank) / 391).toFixed(4)), rank: action === 'exit' ? lost : rank, of: 391 },
    wouldDisprove: interval === null ? [] : disproof(stop, interval, horizon), sizes: { wanted, steps },
    features: featureValues(uniforms(Math.floor(1e6 * momentum))),
    neighbours: symbol === 'DUNE' ? [] : NAMES.slice(0, 5).filter(([other]) => other !== symbol).map(([other], i) => ({ symbol: other, correlation: Number((0.8 - 0.11 * i - 0.2 * volatility).toFixed(4)) })),
  };
}

const round6 = (fraction: number): number => Number(fraction.toFixed(6));
const round = (price: number): number => Math.round(price * 100) / 100;

function tickers(count: number, next: () => number): readonly string[] {
  const letter = (): string => String.fromCharCode(65 + Math.floor(26 * next()));
  return [...new Set(Array.from({ length: count }, () => letter() + letter() + letter()))];
}

/** A realistic evening with 12 names; the same for the same seed. */
export function reportInput(seed = 7): ReportInput {
  const next = uniforms(seed);
  const charts = new Map(NAMES.map(([symbol, , , action, price]) => [symbol, priceSeries(price, action === 'exit' ? -0.0012 : 0.0024, next)]));
  return { document: evening(NAMES.map((name) => recommendation(name, next)), next), charts, generatedBy: 'swinglab 0.1.0' };
}

function evening(recommendations: readonly Recommendation[], next: () => number): RecommendationDocument {
  return {
    schemaVersion: 2, symbols: { IVRY: 'IVB', PINE_2019: 'PINE' }, asOf: AS_OF, actOn: ACT_ON, strategy: 'momentum-12-1', recommendations, intervalCoverage: 0.8,
    portfolio: {
      equity: 1_043_872.16, cash: 412_530.9, grossExposure: 0.6048, positions: 6,
      fills: [
        { symbol: 'CSTL', side: 'buy', shares: 268, price: 231.17, costs: 32.41, session: AS_OF, reason: 'entry' }, { symbol: 'KSTR', side: 'buy', shares: 311, price: 194.02, costs: 30.9, session: AS_OF, reason: 'entry' },
        { symbol: 'OAKR', side: 'sell', shares: 1204, price: 52.88, costs: 41.22, session: AS_OF, reason: 'target' },
      ],
      unfilled: [{ symbol: 'PLSN', reason: 'no open on 2018-02-07: the order lapsed' }],
      events: [{ symbol: 'FRTH', text: 'Paid a dividend of 0.42 a share: 131.04 to the book.' }],
      ...bookOf(recommendations, NAMES),
    },
    risk: RISK, changes: CHANGES, trackRecord: trackRecord(sessionsUntil(252)),
    universe: { name: 'sp500', members: 505, priced: 391, eligible: 383, missing: tickers(114, next) },
    quality: [
      { rule: 'bad-print', policy: 'mask', count: 14, examples: [
        { symbol: 'DUNE', session: isoDate('2018-01-12'), detail: 'close 4.18 expected near 41.60, reverted on the next session' },
        { symbol: 'QRTZ', session: isoDate('2017-11-03'), detail: 'high 981.20 is 9.6 times the close' },
        { symbol: 'RVEN', session: isoDate('2017-08-22'), detail: 'low 0.01 is 0.0002 times the close' },
      ] },
      { rule: 'suspected-unadjusted-distribution', policy: 'keep', count: 6, examples: [{ symbol: 'SLTE', session: isoDate('2017-07-05'), detail: 'return −38.1 % between closes without reversal and no action on file' }] },
      { rule: 'zero-volume', policy: 'keep', count: 231, examples: [] },
    ],
    network: null,
    model: {
      name: 'lightgbm-2017-12-15', title: 'LightGBM, trained through 2017-12-07', describe: 'boosted trees by LightGBM, regression', label: 'rank within the session of the return over 5 sessions, net of its sector', origin: 'released', horizon: 5, features: 97, trainedFrom: isoDate('2013-02-08'), learntThrough: isoDate('2016-12-12'), trainedThrough: isoDate('2017-12-07'),
      usableFrom: isoDate('2017-12-15'), sessions: 1213, samples: 530_260, validation: { sessions: 244, rankIc: 0.0154, icir: 0.24, t: 2.07, chose: false }, payoff: { sessions: 244, slope: 0.042, t: 1.28, drift: 0.115, driftT: 2.1 },
    },
    notices: [],
    features: FEATURE_SUMMARY,
    options: { names: {}, absent: 'There are no option chains in the store.', source: null },
    graph: { builder: 'correlation', window: 60, names: 388, meanCorrelation: 0.2713, chosenCorrelation: 0.3488 },
    leftOut: [
      { reason: 'no bar on the session', symbols: tickers(114, next), rule: null }, { reason: 'fewer than 273 sessions of history', symbols: ['NEWC', 'SPNF', 'TIDE'], rule: null },
      { reason: 'masked bars inside the momentum window', symbols: ['DUNE', 'QRTZ', 'RVEN', 'SLTE', 'ULMS'], rule: null },
      ...['VALE', 'WREN', 'XENO', 'YARR', 'PINE_2019'].map((symbol, i) => ({ reason: `Not let in: correlation with IVRY is 0.8${i}, at most 0.80 is let in.`, symbols: [symbol], rule: 'max-pairwise-correlation' })),
    ],
    caveats: [
      'The sample holds the members of 2018 that survived: 391 of 505 members have prices on this session. No performance claim can rest on it.',
      'Prices are adjusted for splits but not for cash dividends.',
      'Sectors are last known, not as they were on the session.',
      'Intervals come from each name’s own history and assume that it repeats.',
    ],
    data: [
      { dataset: 'bars', source: 'S&P 500 stock data, five years of daily bars', licence: 'CC0 1.0', rows: 619_040, contentHash: 'sha256:9f2c41d07be3a8856b7d1e', lastDate: AS_OF, notes: [] },
      { dataset: 'membership', source: 'Index membership intervals', licence: 'MIT', rows: 1_183, contentHash: 'sha256:41be0c77aa1905d3c2f0', lastDate: isoDate('2018-01-03'), notes: ['Symbols before 2019 are last-known ones.'] },
      { dataset: 'reference', source: 'Companies of the index', licence: 'ODC-PDDL 1.0', rows: 505, contentHash: 'sha256:c7750fe2b3114a9e8d01', lastDate: null, notes: [] },
    ],
    provenance: { version: '0.1.0', seed: 7, configHash: 'sha256:51d2f0b46c83e9a7', dataHash: 'sha256:0be4a51c7f29d386' },
  };
}

/** The same evening with nothing to do and nothing to say. */
export function emptyInput(): ReportInput {
  const { document } = reportInput();
  return {
    charts: new Map(), generatedBy: 'swinglab 0.1.0',
    document: {
      ...document, recommendations: [], quality: [], graph: null, model: null, features: { computed: 0, members: 0, families: [], absent: [], missing: [] }, leftOut: [], caveats: [], data: [], risk: { readings: [], conflicts: [] }, changes: null, trackRecord: null,
      portfolio: { equity: 1_000_000, cash: 1_000_000, grossExposure: 0, positions: 0, fills: [], unfilled: [], events: [], held: [], sectors: [], exposure: { gross: 0, beta: null, volatility: null, drawdown: 0 } },
      universe: { name: 'sp500', members: 0, priced: 0, eligible: 0, missing: [] },
    },
  };
}
