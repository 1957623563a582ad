import { describe, expect, it } from 'vitest';

import { XNYS } from '../../../src/core/calendar.js';
import { collect, result } from '../../../src/core/events.js';
import { isoDate, toEpochDay } from '../../../src/core/dates.js';
import { AuditReport, checkOf, notApplicable } from '../../../src/backtest/audits/audit-report.js';
import { comparePanels } from '../../../src/backtest/audits/compare-panels.js';
import { compareRecords, type AuditRecord } from '../../../src/backtest/audits/compare-records.js';
import { auditDaily } from '../../../src/backtest/audits/daily.js';
import { auditWarmup } from '../../../src/backtest/audits/warmup.js';
import { computeFeatures } from '../../../src/features/compute/compute-features.js';
import { betweenSessions } from '../../../src/features/compute/cut.js';
import type { Feature } from '../../../src/features/feature.js';
import { FEATURES } from '../../../src/features/registry.js';
import { Panel } from '../../../src/table/panel.js';
import { makeWorld } from '../../features/world.js';
import { expandingMean } from '../../lab/audits/planted/features.js';

const SESSIONS = XNYS.sessionDays(toEpochDay(isoDate('2018-01-02')), toEpochDay(isoDate('2018-01-09')));
const day = isoDate('2018-01-02');

const panel = (rows: Readonly<Record<string, readonly number[]>>, from = 0): Panel => new Panel({ symbols: Object.keys(rows), sessions: SESSIONS.slice(from, from + Object.values(rows)[0].length), columns: { x: Float64Array.from(Object.values(rows).flat()) } });

describe('a panel against a part of it', () => {
  const whole = panel({ A: [1, 2, 3, 4, 5], B: [Number.NaN, 2, 2, 2, 2] });

  it('is the same where nothing differs, missing values and names included', () => {
    expect(comparePanels(whole, panel({ A: [1, 2, 3] }).with({}))).toMatchObject({ compared: 6, differences: [{ symbol: 'B', isAbsent: true, count: 2 }] });
    expect(comparePanels(whole, panel({ A: [1, 2], B: [Number.NaN, 2] }))).toEqual({ compared: 4, differences: [] });
    expect(comparePanels(whole, panel({ A: [3, 4], B: [2, 2] }, 2)).differences).toEqual([]);
  });

  it('differs first at the earliest session, of any symbol', () => {
    const [found] = comparePanels(whole, panel({ A: [1, 2, 9], B: [Number.NaN, 7, 7] })).differences;
    expect(found).toEqual({ column: 'x', symbol: 'B', session: SESSIONS[1], whole: 2, part: 7, isAbsent: false, count: 3, reach: 2 });
  });

  it('refuses sessions that the whole has not', () => {
    expect(() => comparePanels(panel({ A: [1, 2] }), whole)).toThrow('expected sessions of the whole in a part of it, found 2018-01-04');
  });
});

describe('answers session by session', () => {
  const of = (symbol: string, field: string, value: AuditRecord['value'], session = day): AuditRecord => ({ session, symbol, field, value });

  it('are compared by what they are of, whatever their order; missing is null and NaN', () => {
    const [a, b] = [[of('A', 'weight', 0.1), of('B', 'stop', null)], [of('B', 'stop', Number.NaN), of('A', 'weight', 0.1)]];
    expect(compareRecords(a, b)).toEqual({ compared: 2, differences: [] });
    expect(compareRecords(a, [of('A', 'weight', 0.2), of('C', 'weight', 1)]).differences).toEqual([
      { session: day, symbol: 'A', field: 'weight', expected: 0.1, found: 0.2 },
      { session: day, symbol: 'C', field: 'weight', expected: null, found: 1 },
    ]);
  });

  it('tell two of the same apart', () => {
    expect(compareRecords([of('A', 'price', 1), of('A', 'price', 2)], [of('A', 'price', 1), of('A', 'price', 3)]).differences).toEqual([{ session: day, symbol: 'A', field: 'price', expected: 2, found: 3 }]);
  });

  it('of the evening and the backtest: the first that differs, and on how many evenings', () => {
    const next = isoDate('2018-01-03');
    const backtest = [of('A', 'weight', 0.1), of('A', 'weight', 0.2, next)];
    const report = auditDaily({ describe: 'made up', sessions: [day, next], answers: [{ name: 'decisions', backtest, daily: [backtest[0], of('A', 'weight', 0.3, next)] }, { name: 'fills', backtest: [], daily: [] }] }, { seed: 7 });
    expect(report.findings.map(({ code, message }) => `${code}: ${message}`)).toEqual(["daily-is-not-backtest: weight of A on 2018-01-03 is 0.3 by the evening's run, 0.2 by the backtest; 1 answer of 2 answers differ, on 1 evening of 2"]);
    expect(report.checks.map(({ verdict }) => verdict)).toEqual(['found', 'not-applicable']);
    expect([report.passed, report.first, report.last]).toEqual([false, day, next]);
  });
});

describe('a report', () => {
  it('passes with nothing found, says why a check does not apply, and is one JSON document', () => {
    const checks = [checkOf({ name: 'a', describe: 'b', compared: 3, findings: [] }), notApplicable('c', 'd', 'no model')];
    const report = new AuditReport({ audit: 'leakage', subject: 'x', first: day, last: day, seed: 1, checks });
    expect([report.passed, report.summary]).toEqual([true, 'leakage audit of x, 2018-01-02 to 2018-01-02, seed 1: nothing found']);
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ audit: 'leakage', passed: true, checks: [{ verdict: 'passed' }, { verdict: 'not-applicable', notes: ['no model'] }] });
    expect(report.toShown().text).toContain('c: no model');
  });
});

describe('history that begins later', () => {
  const world = makeWorld({ sessions: 420 });
  const width = world.bars.sessions.length;
  const audit = (features: readonly Feature[]) => auditWarmup({
    describe: 'made-up bars', sessions: world.bars.sessions,
    tables: [{ name: 'features', starts: Int32Array.of(20, 60, 90), emptyFor: (column) => features.find(({ name }) => name === column)!.lookback, compute: (start) => computeFeatures(betweenSessions(world, start, width), features, { known: FEATURES }) }],
  }, { seed: 7, cuts: 2 });

  it('changes nothing that says how much it reads', async () => {
    const { events, result: report } = await collect(audit(FEATURES.filter(({ family }) => family === 'momentum' || family === 'trend')));
    expect(report.findings).toEqual([]);
    expect(events.map(({ done, of }) => [done, of])).toEqual([[0, 2], [1, 2]]);
  });

  it('gives away a mean over everything so far', async () => {
    const { findings } = await result(audit([expandingMean]));
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual([['reads-before-its-lookback', 'close-over-mean']]);
    expect(findings[0].message).toMatch(/after the 63 sessions that it says it needs: it reads further back than it declares/);
  });

  it('gives away values that are made up from too little', async () => {
    const filled = new Panel({ symbols: ['A'], sessions: SESSIONS, columns: { x: new Float64Array(SESSIONS.length).fill(1) } });
    const { findings } = await result(auditWarmup({ describe: 'made up', sessions: SESSIONS, tables: [{ name: 'features', starts: Int32Array.of(1), emptyFor: () => 2, compute: (start) => filled.slice(start, SESSIONS.length) }] }, { seed: 7, cuts: 1 }));
    expect(findings[0]).toMatchObject({ code: 'value-without-history', subject: 'x', symbol: 'A', differences: 2 });
  });
});
