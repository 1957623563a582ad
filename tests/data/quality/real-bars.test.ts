import { beforeAll, describe, expect, it } from 'vitest';
import { fromEpochDay, isoDate } from '../../../src/core/dates.js';
import type { QualityFinding } from '../../../src/data/quality/finding.js';
import { findIssues } from '../../../src/data/quality/inspect.js';
import type { Panel } from '../../../src/table/panel.js';
import { realDataFolder, printSkipReason } from '../../golden/folder.js';
import { checkedBars, sampleBars } from './load-panel.js';

const SUITE = 'quality rules against bars that were checked';
printSkipReason('real data', SUITE);

function named(findings: readonly QualityFinding[], rule: string): Set<string> {
  return new Set(findings.filter((finding) => finding.rule === rule).map(({ symbol, session }) => `${symbol} ${session}`));
}

describe('quality rules on the bundled sample', () => {
  let findings: readonly QualityFinding[];
  beforeAll(async () => void (findings = findIssues(await sampleBars())));

  it.each(['EBAY 2015-07-20', 'NI 2015-07-02', 'BAX 2015-07-01', 'WBD 2014-08-07', 'DISCK 2014-08-07', 'A 2014-11-03', 'CAG 2016-11-10', 'HPE 2017-04-03', 'CTXS 2017-02-01'])('find the distribution %s', (bar) => {
    expect(named(findings, 'level-shift')).toContain(bar);
  });

  it.each(['VRTX 2013-04-19', 'VRTX 2014-06-24', 'AMD 2016-04-22'])('leave the real move %s', (bar) => {
    expect(named(findings, 'level-shift')).not.toContain(bar);
    expect(named(findings, 'reverting-print')).not.toContain(bar);
    expect(named(findings, 'suspect-jump')).not.toContain(bar);
  });

  it('find the bad prints of the days that have many', () => {
    const prints = findings.filter(({ rule }) => rule === 'reverting-print');
    const on = (...days: string[]): number => prints.filter(({ session }) => days.includes(session)).length;
    expect(named(findings, 'reverting-print')).toContain('LNT 2016-05-19');
    expect(on('2014-10-29', '2014-10-30', '2014-10-31')).toBeGreaterThan(60);
    expect(on('2017-09-14')).toBeGreaterThan(18);
    expect(on('2017-08-01')).toBeGreaterThan(8);
    expect(on('2014-05-19')).toBeGreaterThan(5);
  });

  it('find the faults that are counted in its description', () => {
    const count = (rule: string): number => named(findings, rule).size;
    expect({ high: count('high-below-low'), volume: count('zero-volume'), negative: count('non-positive-price') }).toEqual({ high: 1, volume: 4, negative: 0 });
    expect(count('incomplete-bar')).toBe(11);
    expect(findings.filter(({ rule }) => rule === 'missing-session').reduce((sum, { value }) => sum + value, 0)).toBe(16 + 16 + 10 + 5 + 2 + 2);
  });
});

describe.skipIf(realDataFolder() === null)(SUITE, () => {
  let sample: Panel;
  let checked: Panel;
  beforeAll(async () => {
    sample = await sampleBars();
    checked = (await checkedBars())!;
  });

  it('finds in the sample mostly closes that the checked bars contradict, and most of those that are far off', () => {
    const wrong = contradicted(sample, checked);
    const found = named(findIssues(sample), 'reverting-print');
    const right = [...found].filter((bar) => wrong.has(bar)).length;
    const far = [...wrong].filter(([, error]) => Math.abs(error) > 0.05);
    const caught = far.filter(([bar]) => found.has(bar)).length;
    console.log(`bad prints: ${right} of ${found.size} found are wrong, ${caught} of ${far.length} off by more than 5 % are found`);
    expect(right / found.size).toBeGreaterThan(0.9);
    expect(caught / far.length).toBeGreaterThan(0.75);
  });

  it('finds next to nothing in the checked bars: jumps of news and crashes are left', () => {
    const findings = findIssues(checked);
    const shifts = named(findings, 'level-shift');
    const bars = checked.column('close').filter((close) => close > 0).length;
    console.log(`checked bars: ${named(findings, 'reverting-print').size} prints, ${shifts.size} shifts, ${named(findings, 'suspect-jump').size} suspects in ${bars} bars`);
    expect(named(findings, 'reverting-print').size).toBeLessThan(60);
    expect(shifts.size).toBeLessThan(50);
    expect(named(findings, 'suspect-jump').size / bars).toBeLessThan(0.006);
    for (const bar of ['PCG 2019-01-14', 'EPAM 2022-02-28', 'GL 2024-04-11', 'CNC 2025-07-02', 'TRGP 2020-03-09', 'APA 2020-03-09', 'OXY 2020-03-09', 'FRC 2023-05-01', 'FRC 2023-05-03', 'WB 2008-09-29', 'FNMA 2008-09-08', 'LEHMQ 2008-09-15', 'MS 2008-10-13']) expect(shifts, bar).not.toContain(bar);
  });

  it('finds most large distributions when the adjusted close is withheld', () => {
    const found = named(findIssues(checked.columns(['open', 'high', 'low', 'close', 'volume'])), 'level-shift');
    const large = distributions(checked, 0.2);
    const caught = large.filter((bar) => found.has(bar)).length;
    console.log(`distributions over 18 %: ${caught} of ${large.length} found; ${found.size} shifts in all`);
    expect(caught / large.length).toBeGreaterThan(0.6);
  });

  it('looks through all checked bars in a few seconds', () => {
    const start = performance.now();
    findIssues(checked.with({}));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

/** Closes of the sample that lie off the checked ones by more than 0.3 % for one session, with the log error. */
function contradicted(sample: Panel, checked: Panel): Map<string, number> {
  const wrong = new Map<string, number>();
  const at = Array.from(sample.sessions, (day) => checked.indexOnOrBefore(day));
  for (const symbol of sample.symbols.filter((name) => checked.hasSymbol(name))) {
    const truth = checked.series('close', symbol);
    const level = Array.from(sample.series('close', symbol), (close, t) => Math.log(close / truth[at[t]]));
    for (let t = 1; t < level.length - 1; t++) {
      const error = level[t] - level[t - 1];
      if (Math.abs(error) > 0.003 && Math.abs(level[t + 1] - level[t - 1]) < 0.3 * Math.abs(error)) wrong.set(`${symbol} ${fromEpochDay(sample.sessions[t])}`, error);
    }
  }
  return wrong;
}

/** Falls of the close beyond a log return that the adjusted close shows as none, or mostly none. */
function distributions(bars: Panel, size: number): string[] {
  return bars.symbols.flatMap((symbol) => {
    const close = bars.series('close', symbol);
    const adjusted = bars.series('adjusted_close', symbol);
    return Array.from(bars.sessions, (day, t) => {
      const fall = t < 30 ? 0 : Math.log(close[t] / close[t - 1]);
      const explained = fall - Math.log(adjusted[t] / adjusted[t - 1]);
      return fall < -size && explained < 0.6 * fall && t + 1 < close.length ? `${symbol} ${isoDate(fromEpochDay(day))}` : null;
    }).filter((bar) => bar !== null);
  });
}
