import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate } from '../../src/core/dates.js';
import { walkForward } from '../../src/dataset/split/walk-forward.js';
import { open, type Lab } from '../../src/lab/open.js';
import { createForecaster } from '../../src/models/registry.js';
import { cashCases, type RuleScores } from './cash-strategies.js';
import { pinOf } from './pin.js';
import { weightPlans } from './weight-strategies.js';

const [SINCE, UNTIL] = ['2017-04-03', '2017-09-29'];

/**
 * What strategies did on the sample, pinned: any change of the engine, of costs, of rules, of features shows as changed lines of these files.
 * After a change that is meant, write them anew with: npx vitest run tests/regression -u
 */
describe('strategies on the sample', () => {
  let folder: string;
  let lab: Lab;
  let scores: RuleScores;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'swinglab-regression-'));
    lab = await open({ data: 'sample', cwd: folder });
    const bars = await lab.panel({ start: '2016-01-04', end: UNTIL });
    const labels = lab.labels(bars, { horizon: 5 });
    const start = bars.indexOf(isoDate(SINCE));
    const splitter = walkForward({ train: 60, test: 1000, start });
    const entries = await Promise.all((['momentum', 'reversal', 'low-volatility'] as const).map(async (name) => {
      const forecaster = createForecaster(name);
      return [name, await lab.crossFit(forecaster, await lab.features(bars, forecaster.features!), labels, splitter)] as const;
    }));
    scores = Object.fromEntries(entries) as RuleScores;
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // names are known before the sample is read
  const names = cashCases({ momentum: null, reversal: null, 'low-volatility': null } as never).map(({ name }) => name);
  it.each(names)('%s', async (name) => {
    const { plan, options } = cashCases(scores).find((one) => one.name === name)!;
    const { run, benchmark } = await lab.backtest(plan, { start: SINCE, end: UNTIL, experiment: `regression-${name}`, settings: { data: { history: 300 } }, ...options });
    expect(fromEpochDay(run.sessions[0])).toBe(SINCE);
    await expect(pinOf(name, run, benchmark)).toMatchFileSnapshot(`pins/${name}.txt`);
  }, 300_000);

  it('weights of the research book', async () => {
    const bars = await lab.panel({ start: '2016-01-04', end: UNTIL });
    const features = await lab.features(bars, ['momentum-12-1', 'return-5', 'realized-volatility-63']);
    const plans = weightPlans({ bars, features, universe: await lab.universe() }, bars.indexOf(isoDate(SINCE)));
    expect(plans).toHaveLength(5);
    for (const plan of plans) {
      const { run, benchmark } = await lab.backtest(plan, { experiment: `regression-${plan.name}` });
      await expect(pinOf(plan.name, run, benchmark)).toMatchFileSnapshot(`pins/${plan.name}.txt`);
    }
  }, 300_000);
});
