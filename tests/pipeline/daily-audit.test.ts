import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { collect, result } from '../../src/core/events.js';
import { lastBookedSession } from '../../src/lab/paper-book.js';
import { dailyAudit } from '../../src/pipeline/daily-audit.js';
import { auditedProject, type AuditedProject } from '../lab/audits/audited-market.js';
import { smallConfig, temporaryFolder, writeRawMarket, writeSmallMarket } from './small-market.js';

const [since, until] = [isoDate('2018-01-22'), isoDate('2018-01-31')];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let project: AuditedProject;
beforeAll(async () => {
  place = await temporaryFolder();
  project = await auditedProject(join(place.folder, 'project'), await writeSmallMarket(join(place.folder, 'data')));
});
afterAll(() => place.remove());

describe('the daily run against the backtest', () => {
  it('decides, orders and trades the same, and leaves the project as it was', async () => {
    const { config, lab } = project;
    const { events, result: report } = await collect(dailyAudit({ config, since, until }));
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['decisions passed', 'orders passed', 'fills passed', 'book passed']);
    expect(report.checks.every(({ compared }) => compared > 20)).toBe(true);
    expect(events.map(({ describe: what }) => what)).toContain('the evening of 2018-01-22');
    expect(await lastBookedSession(lab.store)).toBeNull();
    expect(await readdir(config.paths.runs).catch(() => [])).not.toContain('daily');
  }, 120_000);

  it('also where each evening stands on a store that ends with it, of prices as quoted with a split and dividends', async () => {
    const raw = await auditedProject(join(place.folder, 'raw'), await writeRawMarket(join(place.folder, 'raw-data')));
    const report = await result(dailyAudit({ config: raw.config, since: isoDate('2018-01-23'), until: isoDate('2018-01-24'), each: true }));
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed', 'passed']);
  }, 180_000);

  it('does not apply where a method is measured on the evening’s own past, and says why', async () => {
    const { paths } = project.config;
    const config = { ...(await smallConfig(join(place.folder, 'project'), join(place.folder, 'data'))), paths };
    const { checks } = await result(dailyAudit({ config, since, until }));
    expect(checks).toMatchObject([{ name: 'decisions', verdict: 'not-applicable' }]);
    expect(checks[0].notes[0]).toContain('no trained model was usable on 2018-01-31 for forecast.model "momentum"');
  }, 60_000);
});
