/**
 * What a portfolio of the ranker was worth from 2010 to 2025, beside momentum, equal weight and SPY, net of costs, with everything that was
 * tried counted: writes `results.json` beside this file.
 *
 *     node experiments/backtest/run.ts --data <project folder> [--scores folder] [--from D] [--seeds 1,2,3,4,5] [--out file]
 *
 * The project holds `sp500_adjusted.parquet`, `etfs_adjusted.parquet`, membership and companies: see README.md in this folder.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { automaticBlockLength, backtestOverfitting, createRng, isoDate, open, Panel, priority, superiorPredictiveAbility, targetWeights, toEpochDay, type Backtest, type TargetsPlan } from '../../dist/index.js';
import { rankedScores, rebalanced, sleeves, tradable, type ScoreMatrix } from './portfolios.ts';
import { rankerScores } from './ranker-scores.ts';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    scores: { type: 'string', default: 'ranker-scores' },
    from: { type: 'string', default: '2010-01-04' },
    seeds: { type: 'string', default: '1,2,3,4,5' },
    book: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('results.json', import.meta.url)) },
  },
});
if (flags.data === undefined) throw new Error('expected --data <project folder>, found none');

/** Chosen before anything was run; the grid around it is what was tried besides. */
const PLANNED = { top: 50, hold: 5, smooth: 1 };
const GRID = { top: [20, 50, 100], hold: [5, 10], smooth: [1, 5] };
const MOMENTUM = { planned: { top: 50, every: 21 }, grid: { top: [50, 100], every: [21, 63] } };
const COSTS = { model: 'fixed-bps', commissionBps: 1, halfSpreadBps: 2, slippageBps: 2 } as const;
const EXPERIMENT = 'sp500-2010-2025';

const lab = await open({ data: flags.data });
const seeds = flags.seeds.split(',').map(Number);
const scores = await rankerScores(lab, { folder: flags.scores, from: flags.from, seeds });
const whole = await lab.panel();
const from = isoDate(flags.from);
const bars = whole.part(whole.symbols, from, isoDate(whole.last!));
const market = { bars, mask: tradable(bars, await lab.universe()), from: bars.sessions.findIndex((day) => day >= toEpochDay(from)) };
const began = performance.now();
const say = (text: string): void => void process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}\n`);

interface Row {
  readonly name: string;
  readonly planned: boolean;
  readonly params: object;
  readonly seed: number | null;
  readonly result: Backtest;
}

/** All members alike, before costs; among the bars of SPY there are none. */
const benchmarkOf = ({ name }: TargetsPlan): string | null => (name === 'SPY' ? null : 'members');

const rows: Row[] = [];
async function judge(plan: TargetsPlan, { planned, seed = null }: { readonly planned: boolean; readonly seed?: number | null }): Promise<Backtest> {
  const result = await lab.backtest(plan, { costs: COSTS, experiment: EXPERIMENT, benchmark: benchmarkOf(plan) });
  rows.push({ name: plan.name, planned, params: plan.params, seed, result });
  say(`${plan.name} ${JSON.stringify(plan.params)}${seed === null ? '' : ` seed ${seed}`}: Sharpe ${result.figures.performance.sharpeRatio?.toFixed(2)}`);
  return result;
}

const everyone: ScoreMatrix = new Float64Array(bars.symbols.length * bars.sessions.length);
const features = await lab.features(whole, ['momentum-12-1']);
const past = Float64Array.from(features.part(bars.symbols, from, isoDate(whole.last!)).column('momentum-12-1'));
const spy = (await lab.panel({ symbols: ['SPY'], start: flags.from })).part(['SPY'], from, isoDate(bars.last!));
const hold = new Panel({ symbols: spy.symbols, sessions: spy.sessions, columns: { weight: Float64Array.from(spy.sessions, (_, t) => (t === 0 ? 1 : Number.NaN)) } });

await judge(targetWeights(bars, rebalanced(market, everyone, { top: Infinity, every: 21 }), { name: 'equal-weight', describe: 'all members alike, rebalanced every 21 sessions', params: { every: 21 } }), { planned: true });
await judge(targetWeights(spy, hold, { name: 'SPY', describe: 'SPY, bought once and held' }), { planned: true });
for (const top of MOMENTUM.grid.top) {
  for (const every of MOMENTUM.grid.every) {
    const planned = top === MOMENTUM.planned.top && every === MOMENTUM.planned.every;
    await judge(targetWeights(bars, rebalanced(market, past, { top, every }), { name: 'momentum-12-1', describe: 'the best by 12-1 momentum, alike', params: { top, every } }), { planned });
  }
}
for (const [i, seed] of seeds.entries()) {
  const matrix = rankedScores(scores[i], bars);
  for (const top of GRID.top) {
    for (const held of GRID.hold) {
      for (const smooth of GRID.smooth) {
        const settings = { top, hold: held, smooth };
        const planned = JSON.stringify(settings) === JSON.stringify(PLANNED);
        await judge(targetWeights(bars, sleeves(market, matrix, settings), { name: 'ranker', describe: 'the best by LightGBM, in overlapping sleeves', params: settings, seed }), { planned, seed });
      }
    }
  }
}
const book: object[] = [];
if (flags.book) {
  for (const [i, seed] of seeds.entries()) {
    const result = await lab.backtest(priority(scores[i]), { experiment: `${EXPERIMENT}-book`, benchmark: 'members' });
    book.push({ seed, ...figuresOf(result) });
    say(`cash book, seed ${seed}: Sharpe ${result.figures.performance.sharpeRatio?.toFixed(2)}`);
  }
}

// judged again: now that everything was tried, all of it counts
const judged: object[] = [];
for (const { name, planned, params, seed, result } of rows) {
  const again = planned ? await lab.backtest(result.strategy, { costs: COSTS, experiment: EXPERIMENT, benchmark: name === 'SPY' ? null : 'members' }) : result;
  judged.push({ name, planned, params, seed, ...figuresOf(again) });
}
const ranker = rows.filter(({ name }) => name === 'ranker').map(({ result }) => result.run.returns);
const equalWeight = rows.find(({ name }) => name === 'equal-weight')!.result.run.returns;
const block = Math.round(Math.max(...ranker.map((returns) => automaticBlockLength(returns.map((value, t) => value - equalWeight[t]))?.stationary ?? 1)));
const { studentised, raw } = superiorPredictiveAbility(ranker, { benchmark: equalWeight, block, replicates: 10_000, method: 'stationary', rng: createRng(1) });
const overfitting = backtestOverfitting(ranker, { blocks: 16 });
const grid = { trials: ranker.length, overfitting: overfitting.probability, probabilityOfLoss: overfitting.probabilityOfLoss, spa: { block, studentised, raw } };
const settings = { from: flags.from, seeds, planned: PLANNED, grid: GRID, momentum: MOMENTUM, costs: COSTS };
const lines = (values: readonly object[]): string => `[\n${values.map((value) => `  ${JSON.stringify(value)}`).join(',\n')}\n]`;
await writeFile(flags.out, `{"settings": ${JSON.stringify(settings)},\n"first": "${bars.first}", "last": "${bars.last}", "trials": ${rows.length},\n"rankerGrid": ${JSON.stringify(grid)},\n"rows": ${lines(judged)},\n"book": ${lines(book)}}\n`);
say(`written to ${flags.out}`);

function figuresOf({ figures: { performance, turnover, costs, exposure, sessions, first: start, last }, luck }: Backtest): object {
  const { sharpeRatio, annualReturn, annualVolatility, maxDrawdown, benchmark } = performance;
  return {
    first: start, last, sessions, sharpe: sharpeRatio, sharpeInterval: luck.sharpeInterval, annualReturn, annualVolatility, maxDrawdown,
    turnover: turnover.annual, costs: costs.annual, names: exposure.meanNames, alpha: benchmark?.alpha ?? null, beta: benchmark?.beta ?? null, informationRatio: benchmark?.informationRatio ?? null,
    trials: luck.trials.count, probabilistic: luck.probabilistic, deflated: luck.deflated, superior: luck.superior?.studentised.pValues ?? null,
    byYear: (performance.calendar ?? []).map(({ year, total }) => ({ year, total })),
  };
}
