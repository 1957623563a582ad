import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromEpochDay } from '../../../src/core/dates.js';
import { applyPolicies, findIssues } from '../../../src/data/quality/inspect.js';
import { panelOf, quietMarket, remove, scale, type Market } from './market.js';
import { sampleBars } from './load-panel.js';

const SESSIONS = 90;

type Fault = (market: Market, row: number, t: number, size: number) => void;

const FAULTS: Readonly<Record<string, Fault>> = {
  print: (market, row, t, size) => scale(market, size, { row, from: t, to: t + 1 }),
  shift: (market, row, t, size) => scale(market, size, { row, from: t }),
  // volume above which a bar is no longer quiet, yet too little for such a fall
  busyShift: (market, row, t, size) => {
    scale(market, size ** 3, { row, from: t });
    market.columns.volume[row * SESSIONS + t] *= 5;
  },
  gap: (market, row, t) => remove(market, { row, from: t, to: Math.min(t + 3, SESSIONS) }),
  stale: (market, row, t) => {
    const start = row * SESSIONS;
    for (const values of Object.values(market.columns)) values.fill(values[start + t], start + t, start + Math.min(t + 7, SESSIONS));
  },
  copy: (market, row, t) => {
    const start = row * SESSIONS;
    for (const values of Object.values(market.columns)) values[start + t] = values[start + Math.min(t + 9, SESSIONS - 1)]!;
  },
  close: (market, row, t, size) => void (market.columns.close[row * SESSIONS + t] *= size),
  high: (market, row, t, size) => void (market.columns.high[row * SESSIONS + t] *= size * 2),
  open: (market, row, t) => void (market.columns.open[row * SESSIONS + t] = Number.NaN),
  zero: (market, row, t) => void (market.columns.low[row * SESSIONS + t] = 0),
  volume: (market, row, t) => void (market.columns.volume[row * SESSIONS + t] = 0),
};

const faults = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.keys(FAULTS)),
    row: fc.integer({ min: 0, max: 2 }),
    t: fc.integer({ min: 0, max: SESSIONS - 1 }),
    size: fc.constantFrom(0.5, 0.75, 0.9, 0.95, 1.05, 1.1, 1.3, 2),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Adjusted closes of a distribution at position `at`, missing now and then. */
function adjusted({ columns }: Market, at: number): Float64Array {
  return columns.close.map((close, cell) => (cell % 17 === 3 ? Number.NaN : close * (cell % SESSIONS < at ? 0.8 : 1)));
}

const market = fc
  .record({ seed: fc.integer({ min: 0, max: 1e6 }), planted: faults, explainedAt: fc.option(fc.integer({ min: 0, max: SESSIONS })) })
  .map(({ seed, planted, explainedAt }) => {
    const made = quietMarket({ symbols: 3, sessions: SESSIONS, seed });
    for (const { kind, row, t, size } of planted) FAULTS[kind](made, row, t, size);
    return explainedAt === null ? panelOf(made) : panelOf(made).with({ adjusted_close: adjusted(made, explainedAt) });
  });

const cut = fc.integer({ min: 0, max: SESSIONS - 1 });

describe('findings', () => {
  it('known by a session are those of bars cut at that session', () => {
    fc.assert(
      fc.property(market, cut, (bars, t) => {
        const day = fromEpochDay(bars.sessions[t]);
        expect(findIssues(bars.until(day))).toEqual(findIssues(bars).filter(({ knownAt }) => knownAt <= day));
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('that change bars before they were known are suspect at once', () => {
    fc.assert(
      fc.property(market, (bars) => {
        const findings = findIssues(bars);
        const suspect = new Set(findings.filter(({ rule }) => rule === 'suspect-jump').map(({ symbol, session }) => `${symbol} ${session}`));
        const late = findings.filter(({ policy, session, knownAt }) => policy !== 'keep' && knownAt > session);
        expect(late.filter(({ symbol, session }) => !suspect.has(`${symbol} ${session}`))).toEqual([]);
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it('carried out on all bars and cut are those carried out on cut bars, but for suspect sessions', () => {
    fc.assert(
      fc.property(market, cut, (bars, t) => {
        const day = fromEpochDay(bars.sessions[t]);
        const whole = applyPolicies(bars, findIssues(bars)).until(day);
        const prefix = applyPolicies(bars.until(day), findIssues(bars.until(day)));
        expect(whole.column('suspect')).toEqual(prefix.column('suspect'));
        for (const name of [...bars.columnNames, 'segment']) {
          const here = whole.column(name);
          const differing = prefix.column(name).findIndex((value, cell) => !Object.is(value, here[cell]) && !(cell % (t + 1) === t && prefix.column('suspect')[cell] === 1));
          expect(differing, name).toBe(-1);
        }
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});

describe('stale prices that are masked', () => {
  /** Another price in the middle of runs, runs of every length, and other faults about them. */
  const stale = fc.array(fc.record({ row: fc.integer({ min: 0, max: 2 }), t: fc.integer({ min: 0, max: SESSIONS - 1 }), length: fc.integer({ min: 2, max: 14 }) }), { minLength: 1, maxLength: 5 });
  const policies = { 'stale-price': 'mask' } as const;

  it('keep what they were on evenings before it was known: bars cut at a session are the same, cut there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), stale, cut, (seed, runs, t) => {
        const made = quietMarket({ symbols: 3, sessions: SESSIONS, seed });
        for (const { row, t: from, length } of runs) for (const values of Object.values(made.columns)) values.fill(values[row * SESSIONS + from], row * SESSIONS + from, row * SESSIONS + Math.min(from + length, SESSIONS));
        const bars = panelOf(made);
        const day = fromEpochDay(bars.sessions[t]);
        const whole = applyPolicies(bars, findIssues(bars, policies)).until(day);
        const prefix = applyPolicies(bars.until(day), findIssues(bars.until(day), policies));
        for (const name of ['open', 'high', 'low', 'close', 'volume']) expect(whole.column(name), name).toEqual(prefix.column(name));
      }),
      { numRuns: 200, seed: 14 },
    );
  });
});

describe('findings in the bundled sample', () => {
  it('known by a session are those of bars cut at that session', async () => {
    const bars = await sampleBars();
    const findings = findIssues(bars);
    // days on, and right after, which many bars are wrong, and two others
    for (const day of ['2014-08-07', '2014-10-30', '2014-10-31', '2016-03-01', '2017-09-14', '2017-09-15'] as const) {
      const cutDay = fromEpochDay(Date.parse(day) / 86_400_000);
      expect(findIssues(bars.until(cutDay)), day).toEqual(findings.filter(({ knownAt }) => knownAt <= day));
    }
  });
});
