import { beforeAll, describe, expect, it, type TestContext } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../../src/core/dates.js';
import { computeFeatures } from '../../../src/features/compute/compute-features.js';
import { cutInputs } from '../../../src/features/compute/cut.js';
import type { FeatureInputs } from '../../../src/features/compute/feature-inputs.js';
import { checkLaws } from '../../../src/features/laws/check-laws.js';
import { checkPrefix } from '../../../src/features/laws/prefix.js';
import { OPTIONS } from '../../../src/features/options/family.js';
import type { Panel } from '../../../src/table/panel.js';
import { printSkipReason, realDataFolder } from '../../golden/folder.js';
import { realChains, realInputs } from './real-summaries.js';

const NAMES = ['AAPL', 'CRWD', 'HON', 'KLAC'];
/** Around each: a split of KLAC and of CRWD, the distribution of HON. */
const EVENTS = { KLAC: ['2026-06-12'], CRWD: ['2026-07-02', '2026-07-06'], HON: ['2026-06-29', '2026-06-30', '2026-07-01'] } as const;

const folder = realDataFolder();
printSkipReason('real data', 'features of real option chains');
let inputs: FeatureInputs;
let values: Panel;

beforeAll(async () => {
  if (folder === null) return;
  inputs = await realInputs(folder, NAMES, await realChains(folder, NAMES));
  values = computeFeatures(inputs, OPTIONS);
}, 60_000);

const at = (feature: string, name: string, session: IsoDate): number => values.series(feature, name)[values.indexOf(session)];

/** Skips, saying why, where the folder is of another time than the event. */
function requireChain(context: TestContext, name: string, ...days: readonly string[]): void {
  const lacking = days.find((day) => !inputs.bars.sessions.includes(toEpochDay(isoDate(day))) || Number.isNaN(inputs.options!.series('spot', name)[values.indexOf(isoDate(day))]));
  if (lacking !== undefined) context.skip(`no chain of ${name} on ${lacking} in the folder of real data`);
}

/** Values of a feature for a name on the sessions with chains, those about its events left out. */
function usual(feature: string, name: string): number[] {
  const events: readonly string[] = (EVENTS as Readonly<Record<string, readonly string[]>>)[name] ?? [];
  return Array.from(values.series(feature, name)).filter((value, t) => !Number.isNaN(value) && !events.includes(fromEpochDay(values.sessions[t])));
}

describe.skipIf(folder === null)('features of real option chains', () => {
  it('obey the laws', () => {
    expect(checkLaws(inputs, OPTIONS, { seed: 4, places: 3, known: OPTIONS })).toEqual([]);
  }, 60_000);

  it('have a value on most sessions once their window allows', () => {
    const filled = OPTIONS.map(({ name }) => ({ name, count: values.series(name, 'AAPL').filter((value) => !Number.isNaN(value)).length }));
    // a flip needs exposure that changes its sign within the profile: calm names often have none
    for (const { name, count } of filled) expect(count, name).toBeGreaterThanOrEqual(name === 'distance-to-gamma-flip' ? 10 : /252|iv-regime|squeeze/.test(name) ? 1 : 20);
  });

  it('say how many sessions a widening window stands on', () => {
    const rank = OPTIONS.find(({ name }) => name === 'iv-rank-252');
    const known = values.series('iv-rank-252', 'AAPL').filter((value) => !Number.isNaN(value)).length;
    expect(rank?.kind === 'series' && rank.support).toBeTypeOf('function');
    const sessions = inputs.options!.series('volatility30', 'AAPL').filter((value) => !Number.isNaN(value)).length;
    expect(known).toBe(Math.max(0, sessions - 40 + 1));
  });

  it.for(Object.entries(EVENTS))('%s: open interest and exposure of mixed strikes have no value', ([name, days], context) => {
    requireChain(context, name, ...days);
    const masked = ['call-open-interest', 'put-open-interest', 'gamma-exposure', 'distance-to-call-wall', 'open-delta', 'option-volume-to-open-interest'];
    for (const day of days.filter((one) => one < '2026-06-30' || one > '2026-07-01')) for (const feature of masked) expect(at(feature, name, isoDate(day)), `${feature} on ${day}`).toBeNaN();
  });

  it('HON: a chain whose prices are of another day has counts, but no volatility nor exposure', (context) => {
    requireChain(context, 'HON', '2026-06-30');
    for (const feature of ['implied-volatility-30', 'skew-25-delta-30', 'gamma-exposure', 'distance-to-call-wall', 'open-delta']) expect(at(feature, 'HON', isoDate('2026-06-30')), feature).toBeNaN();
    expect(at('call-open-interest', 'HON', isoDate('2026-06-30'))).toBeGreaterThan(0);
  });

  it.for([['KLAC', '2026-06-15'], ['CRWD', '2026-07-07'], ['HON', '2026-07-01'], ['HON', '2026-07-02']] as const)('%s: a change of open interest across the event, %s, has no value', ([name, day], context) => {
    requireChain(context, name, day);
    expect(at('open-interest-change-1', name, isoDate(day))).toBeNaN();
    expect(at('open-interest-change-5', name, isoDate(day))).toBeNaN();
  });

  it.for(['KLAC', 'CRWD'] as const)('%s: notional, volatility and distances go on across the split as they do on other days', (name, context) => {
    const [before, after] = name === 'KLAC' ? ['2026-06-11', '2026-06-15'] : ['2026-07-01', '2026-07-07'];
    requireChain(context, name, before, after);
    for (const feature of ['call-volume', 'put-volume', 'call-open-interest', 'put-open-interest', 'implied-volatility-30', 'skew-25-delta-30', 'distance-to-call-wall', 'distance-to-put-wall', 'open-delta', 'open-vega', 'put-call-open-interest-ratio']) {
      const step = Math.abs(at(feature, name, isoDate(after)) - at(feature, name, isoDate(before)));
      const others = usual(feature, name);
      expect(step, `${feature} from ${before} to ${after}`).toBeLessThanOrEqual(1.05 * (Math.max(...others) - Math.min(...others)));
    }
  });

  it('every value is finite or missing', () => {
    for (const { name } of OPTIONS) expect(values.column(name).every((value) => Number.isFinite(value) || Number.isNaN(value)), name).toBe(true);
  });

  it('open interest of the next stamp, taken for that of the session, breaks the prefix law', () => {
    const early = (given: FeatureInputs): FeatureInputs => ({ ...given, options: given.options!.with(Object.fromEntries((['callOpenInterest', 'putOpenInterest'] as const).map((name) => [name, nextSession(given.options!, name)]))) });
    const whole = computeFeatures(early(inputs), OPTIONS);
    const cuts = [values.sessions.length - 3, values.sessions.length - 10];
    const breaches = checkPrefix(early(inputs), OPTIONS, { whole, cuts, known: OPTIONS, asKnown: (end) => early(cutInputs(inputs, end)) });
    expect([...new Set(breaches.map(({ feature }) => feature))]).toEqual(expect.arrayContaining(['call-open-interest', 'put-open-interest', 'put-call-open-interest-ratio', 'open-interest-change-1', 'option-volume-to-open-interest']));
    expect(checkPrefix(inputs, OPTIONS, { whole: values, cuts, known: OPTIONS })).toEqual([]);
  });
});

/** A column whose value at each session is that of the next one. */
function nextSession(panel: Panel, name: string): Float64Array {
  const width = panel.sessions.length;
  return Float64Array.from(panel.column(name), (_, i) => (i % width === width - 1 ? Number.NaN : panel.column(name)[i + 1]));
}
