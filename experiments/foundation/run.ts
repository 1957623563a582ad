/**
 * Trains one model on the years up to 2019, chooses on 2020 and 2021, foretells every session from 2021 on and keeps what it said.
 *
 *     node experiments/foundation/run.ts --data <project folder> --model foundation --seed 1 [--param graphLayers=0] --out <file>
 *
 * The project holds `equities/sp500_adjusted.parquet` with membership and companies: see README.md in this folder. `judge.ts` reads what several runs kept.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { createForecaster, open, type ForecasterParams } from '../../dist/index.js';
import type { FittedFoundation } from 'swinglab/models/foundation';
import { parted, SPANS } from './data.ts';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    model: { type: 'string', default: 'foundation' },
    seed: { type: 'string', default: '1' },
    param: { type: 'string', multiple: true, default: [] },
    /** Of models that take whatever they are given. */
    features: { type: 'string', default: 'alpha158,momentum,trend,volatility,volume,structure' },
    'max-minutes': { type: 'string', default: '14' },
    threads: { type: 'string', default: String(availableParallelism()) },
    out: { type: 'string' },
  },
});
if (flags.data === undefined || flags.out === undefined) throw new Error('expected --data <project folder> and --out <file>');

const began = performance.now();
const seconds = (): number => Math.round((performance.now() - began) / 100) / 10;
const params = Object.fromEntries(flags.param.map((pair) => [pair.split('=')[0], JSON.parse(pair.split('=').slice(1).join('=')) as ForecasterParams[string]]));
const forecaster = createForecaster(flags.model, params);
const lab = await open({ data: flags.data });
const bars = await lab.panel();
const features = await lab.features(bars, forecaster.features ?? flags.features.split(','));
// a network foretells quantiles of returns, the others learn ranks; all are judged alike
const labels = lab.labels(bars, { horizon: 5, residual: 'sector', ...(forecaster.isNetwork ? {} : { rank: true }) });
const { train, validation, foretold } = parted(features, labels, bars, SPANS);
process.stderr.write(`${seconds()} s: ${bars.symbols.length} symbols, ${train.sessions.length} sessions to learn from, ${validation.sessions.length} to choose on, ${foretold.sessions.length} to foretell, ${features.columnNames.length} features\n`);

const stream = forecaster.fit({ train, validation, horizon: 5 }, { seed: Number(flags.seed), threads: Number(flags.threads), environment: process.env, training: { maxSeconds: 60 * Number(flags['max-minutes']) } });
let step = await stream.next();
for (; !step.done; step = await stream.next()) {
  if (step.value.kind !== 'training') continue;
  const { event } = step.value;
  if (event.kind === 'epoch') process.stderr.write(`${seconds()} s: epoch ${event.epoch + 1}, loss ${event.train.toFixed(4)}, validation ${JSON.stringify(event.validation)}\n`);
  if (event.kind === 'stopped') process.stderr.write(`${seconds()} s: ${event.reason}\n`);
}
const fitted = step.value;
const trained = seconds();

const kept: Record<string, unknown> = { model: flags.model, seed: Number(flags.seed), params: forecaster.params, features: features.columnNames, facts: fitted.facts, spans: SPANS, trainedSeconds: trained };
let scores: Float64Array;
if (flags.model === 'foundation') {
  const { quantiles, levels, horizons } = await (fitted as FittedFoundation).forecast(foretold);
  const main = horizons.indexOf(5);
  const size = horizons.length * levels.length;
  kept['levels'] = levels;
  kept['quantiles'] = levels.map((_, level) => packed(Float64Array.from({ length: foretold.length }, (__, sample) => quantiles[sample * size + main * levels.length + level])));
  scores = Float64Array.from({ length: foretold.length }, (_, sample) => quantiles[sample * size + main * levels.length + (levels.length - 1) / 2]);
} else scores = await fitted.predict(foretold);
fitted.dispose();
await writeFile(flags.out, JSON.stringify({ ...kept, symbols: bars.symbols, sessions: Array.from(foretold.sessions), counts: Array.from(foretold.counts), rows: Array.from(foretold.symbolRows), scores: packed(scores), seconds: seconds() }));
process.stderr.write(`${seconds()} s: kept in ${flags.out}\n`);

/** Single precision as text. */
function packed(values: Float64Array): string {
  return Buffer.from(Float32Array.from(values).buffer).toString('base64');
}
