import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AuditReport } from '../../../src/backtest/audits/audit-report.js';
import { temporaryFolder } from '../../pipeline/small-market.js';
import { auditedProject, writeAuditedMarket, type AuditedProject } from './audited-market.js';
import { fillsAtTheSignalsClose, ourEngine, replayBy, stopsByTomorrowsLow } from './planted/engines.js';
import { centredMean, logClose, nextOpenGap } from './planted/features.js';
import { scalerOfEverything, unpurged, zScoresOfEverything } from './planted/learning.js';
import { daysSinceLateFiling, futureMembership, sectorHeat, sectorOfLabels, unlaggedMacro } from './planted/tables.js';
import { barsOfSurvivors, everyone, membersInTheEnd } from './planted/universes.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let project: AuditedProject;
beforeAll(async () => {
  place = await temporaryFolder();
  project = await auditedProject(join(place.folder, 'project'), await writeAuditedMarket(join(place.folder, 'data')));
});
afterAll(() => place.remove());

interface Fault {
  readonly fault: string;
  readonly find: (project: AuditedProject) => Promise<AuditReport>;
  /** Code of the finding, and what its message tells. */
  readonly code: string;
  readonly tells: RegExp;
}

/** One look is enough to find a fault; where there is none, two are to find nothing. */
const cuts = 1;
const decided = 12;

const FAULTS: readonly Fault[] = [
  {
    fault: 'fill on the signal’s close',
    find: ({ audit }) => audit.lookahead({ only: ['decisions', 'fills'], decide: replayBy(fillsAtTheSignalsClose), decided, again: 1 }),
    code: 'filled-with-its-decision',
    tells: /bought \(entry\) on 2018-\d\d-\d\d: no order or level for it was waiting .* at [\d.]+, the close of that session; what is decided at a close fills at the next open/,
  },
  {
    fault: 'full-sample scaler',
    find: ({ audit }) => audit.leakage({ only: ['learning'], features: ['momentum'], scorers: [zScoresOfEverything] }),
    code: 'learns-from-later-features',
    tells: /score by "sum of z-scores" of \w+ on .* only features of test sessions from \d{4}-\d\d-\d\d on are others; .* scaled or chosen by sessions that were still to come/,
  },
  {
    fault: 'future membership',
    find: ({ audit }) => audit.lookahead({ only: ['members'], tables: { members: futureMembership }, cuts }),
    code: 'looks-ahead',
    tells: /members "member" of BA on 2016-06-01 is 1 on all data, nothing on what was known on .* chosen by what became known later/,
  },
  {
    fault: 'centred window',
    find: ({ audit }) => audit.lookahead({ only: ['features'], features: [centredMean], cuts }),
    code: 'looks-ahead',
    tells: /features "centred-mean-5" of \w+ on .* from 2 sessions before the end on: it reads up to 2 sessions past its own/,
  },
  {
    fault: 'unlagged macro',
    find: ({ audit }) => audit.lookahead({ only: ['macro'], tables: { macro: unlaggedMacro }, cuts }),
    code: 'looks-ahead',
    tells: /macro "vix" of AAPL on .* from 1 session before the end on: it reads up to 1 session past its own/,
  },
  {
    fault: 'label overlap',
    find: ({ audit }) => audit.leakage({ only: ['splits'], features: ['return-5'], splitters: [unpurged({ train: 120, test: 60 })] }),
    code: 'label-overlap',
    tells: /fold 1 of "plain walk-forward" learns from \d{4}-\d\d-\d\d and is judged on .* labels that cover 6 sessions; .* purge them/,
  },
  {
    fault: 'target leak through the cross-section',
    async find({ audit, lab }) {
      const bars = await lab.panel();
      const sectors = new Map([...(await lab.companies())].flatMap(([symbol, { sector }]) => (sector ? [[symbol, sector] as const] : [])));
      return audit.leakage({ only: ['telling features'], table: sectorOfLabels(lab.labels(bars, { horizon: 5 }), sectors) });
    },
    code: 'tells-the-label',
    tells: /"sector-heat" orders the names as the label .* mean rank IC 0\.\d+ over \d+ sessions/,
  },
  {
    fault: 'survivors only',
    find: async ({ audit }) => audit.leakage({ only: ['universe'], features: ['return-5'], universe: await barsOfSurvivors() }),
    code: 'survivors-only',
    tells: /bars of 0 of 112 members who left "sp500", and of 505 of 505 who stayed; .* these are survivors/,
  },
  {
    fault: 'adjusted price levels',
    find: ({ audit }) => audit.leakage({ only: ['price levels'], features: [logClose] }),
    code: 'adjusted-price-level',
    tells: /"log-close" of \w+ on .* once a split of \d+ for 1 after the last session has restated its history/,
  },
  {
    fault: 'stop using tomorrow’s low',
    find: ({ audit }) => audit.lookahead({ only: ['decisions', 'fills'], decide: replayBy(stopsByTomorrowsLow), decided, again: 1 }),
    code: 'stop-not-reached',
    tells: /sold \(stop\) on 2018-\d\d-\d\d: its stop of [\d.]+ was not reached by the low of [\d.]+ on that session: it is the low of the session after, [\d.]+, that does/,
  },
  {
    fault: 'feature computed after the decision',
    find: ({ audit }) => audit.lookahead({ only: ['features', 'results'], features: [nextOpenGap], tables: { results: daysSinceLateFiling }, cuts }),
    code: 'looks-ahead',
    tells: /features "opening-gap" of \w+ on .* nothing on what was known on .* it reads up to 1 session past its own/,
  },
];

describe('a planted fault is found and told', () => {
  it.each(FAULTS)('$fault', async ({ fault, find, code, tells }) => {
    const report = await find(project);
    const found = report.findings.find((finding) => finding.code === code);
    expect(found?.message, `${code} by ${report.audit}, found ${report.findings.map((finding) => finding.code).join(', ') || 'nothing'}`).toMatch(tells);
    const check = report.checks.find(({ findings }) => findings.includes(found!))!;
    process.stdout.write(`${fault}: found by swing audit ${report.audit}, ${check.name}\n    ${found!.code}: ${found!.message}\n`);
  }, 60_000);
});

describe('the same audits find nothing', () => {
  it('in our engine, members, features and scores', async () => {
    const report = await project.audit.lookahead({ features: ['momentum', 'volatility', 'market', 'calendar'], decide: replayBy(ourEngine), decided, again: 1, cuts: 2 });
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['members passed', 'features passed', 'scores passed', 'decisions passed', 'fills passed']);
  }, 60_000);

  it('in our splits, scalers, scores and features', async () => {
    const report = await project.audit.leakage({ features: ['momentum', 'volatility', 'volume'], universe: await everyone(), shuffles: 1 });
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['splits passed', 'learning passed', 'shuffled labels passed', 'telling features passed', 'universe passed', 'price levels passed']);
  }, 60_000);

  it('in history that begins later', async () => {
    const report = await project.audit.warmup({ features: ['momentum', 'volatility', 'volume'], cuts: 2 });
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toEqual(['features', 'scores', 'evening history', 'decisions']);
  }, 60_000);
});

describe('kin of the planted faults', () => {
  it('a filing that came a quarter of an hour after the decision', async () => {
    const report = await project.audit.lookahead({ only: ['results'], tables: { results: daysSinceLateFiling }, cuts });
    expect(report.findings[0]).toMatchObject({ code: 'looks-ahead', subject: 'days-since-results' });
    expect(report.findings[0].message).toContain('it reads up to 1 session past its own');
  }, 60_000);

  it('a list of today’s members; survivors that the data itself declares', async () => {
    const [listed, declared] = [await project.audit.leakage({ only: ['universe'], features: ['return-5'], universe: await membersInTheEnd() }), await project.audit.leakage({ only: ['universe'], features: ['return-5'], universe: await barsOfSurvivors('Survivors of February 2018.') })];
    expect(listed.findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([expect.stringMatching(/^survivors-only: 0 members of \d+ left "sp500" in 5\.0 years, where at least \d+ are usual/)]);
    expect(declared.checks[0]).toMatchObject({ verdict: 'declared', findings: [] });
    expect(declared.checks[0].notes.join(' ')).toContain('the data says so: Survivors of February 2018.');
  }, 60_000);

  it('a scaler fitted once on everything; a sector that is made of labels, computed in a lab', async () => {
    const bars = await project.lab.panel();
    const tables = { features: await project.lab.features(bars, ['momentum']), labels: project.lab.labels(bars, { horizon: 5 }) };
    const learning = await project.audit.leakage({ only: ['learning'], features: ['momentum'], scalers: [scalerOfEverything(tables)] });
    expect(learning.findings.map(({ code }) => code)).toEqual(['learnt-elsewhere']);
    const heat = await project.audit.lookahead({ only: ['heat'], tables: { heat: sectorHeat }, cuts });
    expect(heat.findings.map(({ message }) => message)).toEqual([expect.stringContaining('it reads up to 6 sessions past its own')]);
  }, 60_000);
});
