/**
 * Walks models forward over a project's data and writes what they were worth: `results.json` beside this file, or `--out`.
 *
 *     node experiments/ranker/walk-forward.ts --data <project folder> [--end D] [--test-from D] [--train N] [--test N]
 *       [--features a,b] [--models lightgbm,ridge,…] [--seeds 1,2,3] [--experiment name] [--out file]
 *
 * The project holds `equities/sp500_adjusted.parquet` with membership and companies: see README.md in this folder.
 */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { createForecaster, open, toEpochDay, isoDate, walkForward, type Evaluation, type Forecaster, type ForecasterParams, type Scores } from '../../dist/index.js';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    end: { type: 'string' },
    'test-from': { type: 'string', default: '2012-01-03' },
    train: { type: 'string', default: '1512' },
    test: { type: 'string', default: '252' },
    horizon: { type: 'string', default: '5' },
    features: { type: 'string', default: 'alpha158,momentum,trend,volatility,volume,structure' },
    models: { type: 'string', default: 'reversal,momentum,low-volatility,lightgbm,ridge' },
    params: { type: 'string', default: '{}' },
    seeds: { type: 'string', default: '1,2,3' },
    experiment: { type: 'string', default: 'ranker' },
    out: { type: 'string', default: fileURLToPath(new URL('results.json', import.meta.url)) },
  },
});
if (flags.data === undefined) throw new Error('expected --data <project folder>, found none');

const lab = await open({ data: flags.data });
const bars = await lab.panel(flags.end === undefined ? {} : { end: flags.end });
const X = await lab.features(bars, flags.features.split(','));
const y = lab.labels(bars, { horizon: Number(flags.horizon), residual: 'sector', rank: true });
const raw = lab.labels(bars, { horizon: Number(flags.horizon) });
const start = bars.sessions.findIndex((day) => day >= toEpochDay(isoDate(flags['test-from'])));
const splitter = walkForward({ train: Number(flags.train), test: Number(flags.test), start });
process.stderr.write(`${bars.symbols.length} symbols, ${bars.first} to ${bars.last}, ${X.columnNames.length} features\n`);

const rows: object[] = [];
for (const name of flags.models.split(',')) {
  const forecaster: Forecaster = createForecaster(name, name === 'lightgbm' ? (JSON.parse(flags.params) as ForecasterParams) : {});
  const seeds = forecaster.learns && name === 'lightgbm' ? flags.seeds.split(',').map(Number) : [1];
  const found: Scores[] = [];
  for (const seed of seeds) {
    const began = performance.now();
    const scores = await lab.crossFit(forecaster, X, y, splitter, { seed, onEvent: (event) => event.kind === 'fold' && process.stderr.write(`${name} seed ${seed}: fold ${event.fold} of ${event.folds}\n`) });
    found.push(scores);
    for (const [label, labels] of [['sector-neutral', y], ['return', raw]] as const) rows.push({ model: name, seed, label, ...figuresOf(lab.evaluate(scores, labels, { experiment: flags.experiment }), scores) });
    process.stderr.write(`${name} seed ${seed}: ${((performance.now() - began) / 1000).toFixed(0)} s ${JSON.stringify(rows.at(-2))}\n`);
  }
  if (found.length < 2) continue;
  const together = average(found);
  for (const [label, labels] of [['sector-neutral', y], ['return', raw]] as const) rows.push({ model: name, seed: 'mean', label, ...figuresOf(lab.evaluate(together, labels, { experiment: flags.experiment }), together) });
}
await lab.recorded();
await writeFile(flags.out, `${JSON.stringify({ settings: flags, sessions: bars.sessions.length, symbols: bars.symbols.length, features: X.columnNames.length, rows }, null, 1)}\n`);

/** Scores of several seeds as one: their mean. */
function average(scores: readonly Scores[]): Scores {
  const [first] = scores;
  const mean = (name: string): Float64Array => Float64Array.from(first.panel.column(name), (_, at) => scores.reduce((sum, { panel }) => sum + panel.column(name)[at], 0) / scores.length);
  const panel = first.panel.with(Object.fromEntries(first.panel.columnNames.map((name) => [name, mean(name)])));
  return { ...first, panel, params: { ...first.params, seeds: scores.map(({ seed }) => seed).join(',') }, key: createHash('sha256').update(scores.map(({ key }) => key).join()).digest('hex') };
}

function figuresOf({ figures }: Evaluation, scores: Scores): object {
  const { rankIc, ic, quantiles, decay, change, byYear, coverage, first, last } = figures;
  return {
    first, last, sessions: rankIc.sessions,
    rankIc: rankIc.mean, icir: rankIc.icir, t: rankIc.t, interval: rankIc.interval, positive: rankIc.positive, ic: ic.mean,
    spread: quantiles.spread.return.mean, spreadT: quantiles.spread.return.t,
    decay: decay.map(({ horizon, rankIc: one }) => ({ horizon, rankIc: one.mean, t: one.t })),
    byYear: byYear.map(({ year, rankIc: one }) => ({ year, rankIc: one.mean })),
    turnover: change.map(({ lag, turnover, rankAutocorrelation }) => ({ lag, turnover, rankAutocorrelation })),
    coverage: coverage?.within ?? null,
    rounds: scores.folds.map(({ facts }) => facts['bestRound'] ?? null),
  };
}
