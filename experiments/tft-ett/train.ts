/** Trains our fusion transformer on a series in the form of ETT and judges it: `node train.ts DATA --seed 1 [--settings FILE] [--out FILE]`; prints JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRng, VERSION } from 'swinglab';
import { applyTft, initTft, tftConfigSchema, type Tft, type TftConfig } from 'swinglab/models/tft';
import { Adam, cosine, flatten, openBackend, parameterCount, quantileLoss, tf, trainStep, variables } from 'swinglab/tensor';
import { readSeries, windowsAt, type Series, type SeriesSettings } from './series.ts';

interface Settings {
  readonly data: SeriesSettings;
  readonly model: { readonly hidden: number; readonly heads: number; readonly dropout: number; readonly quantiles: readonly number[] };
  readonly training: { readonly batch: number; readonly learningRate: number; readonly clipNorm: number; readonly stepsPerEpoch: number; readonly epochs: number; readonly patience: number; readonly validationStride: number };
}

const EVALUATION_BATCH = 128;

function configOf({ data, model }: Settings, series: Series): TftConfig {
  return tftConfigSchema.parse({ statics: [1], observed: series.observed.length, known: series.known.length, past: data.past, future: data.horizon, width: model.hidden, heads: model.heads, quantiles: [...model.quantiles], dropout: model.dropout });
}

interface Learner {
  readonly config: TftConfig;
  readonly params: Tft;
  readonly series: Series;
}

/** Forecasts [window × hour × quantile] of windows. */
function forecasts(config: TftConfig, params: Tft, series: Series, starts: readonly number[]): Float32Array {
  const size = config.future * config.quantiles.length;
  const all = new Float32Array(starts.length * size);
  for (let at = 0; at < starts.length; at += EVALUATION_BATCH) {
    all.set(tf.tidy(() => applyTft(config, params, windowsAt(series, starts.slice(at, at + EVALUATION_BATCH)).batch).quantiles.dataSync() as Float32Array), at * size);
  }
  return all;
}

function pinball(forecast: number, target: number, quantile: number): number {
  return Math.max(quantile * (target - forecast), (quantile - 1) * (target - forecast));
}

/** Over windows: mean quantile loss of the standardised target, and the risk of Lim et al. in the target's own unit. */
function judged(forecast: (i: number, q: number) => number, series: Series, starts: readonly number[], quantiles: readonly number[]): Record<string, { loss: number; risk: number }> {
  const { target, last } = windowsAt(series, starts);
  const { horizon, fromLastValue } = series.settings;
  let level = 0;
  for (let i = 0; i < target.length; i++) level += Math.abs((target[i] + (fromLastValue ? last[Math.floor(i / horizon)] : 0)) * series.scale + series.mean);
  return Object.fromEntries(quantiles.map((quantile, q) => {
    let sum = 0;
    for (let i = 0; i < target.length; i++) sum += pinball(forecast(i, q), target[i], quantile);
    return [`P${Math.round(100 * quantile)}`, { loss: sum / target.length, risk: (2 * sum * series.scale) / level }];
  }));
}

async function trained({ config, params, series }: Learner, { training }: Settings, seed: number): Promise<{ train: number; validation: number }[]> {
  const draw = createRng(seed).fork('windows');
  const optimizer = new Adam(params, { clipNorm: training.clipNorm });
  // from the rate to nothing along half a cosine, so that where a training ends matters less
  const schedule = cosine({ steps: training.epochs * training.stepsPerEpoch });
  const watched = series.parts.validation.filter((_, i) => i % training.validationStride === 0);
  const history: { train: number; validation: number }[] = [];
  let [best, since, step] = [Infinity, 0, 0];
  let weights = new Map<string, Float32Array>();
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    let train = 0;
    for (let i = 0; i < training.stepsPerEpoch; i++) {
      const { batch, target } = windowsAt(series, Array.from({ length: training.batch }, () => draw.choice(series.parts.train)));
      const wanted = tf.tensor2d(target, [training.batch, config.future]);
      const dropSeed = Math.imul(seed, 0x9e3779b9) + step++;
      train += (await trainStep({ parameters: params, optimizer, rate: training.learningRate * schedule(step - 1), loss: () => quantileLoss(applyTft(config, params, batch, { dropSeed }).quantiles, wanted, config.quantiles) })).loss / training.stepsPerEpoch;
      tf.dispose([...batch.statics, batch.past, batch.future!, wanted]);
    }
    const forecast = forecasts(config, params, series, watched);
    const count = config.quantiles.length;
    const validation = Object.values(judged((i, q) => forecast[i * count + q], series, watched, config.quantiles)).reduce((sum, { loss }) => sum + loss, 0);
    history.push({ train, validation });
    console.error(`epoch ${epoch + 1}: train ${train.toFixed(4)}, validation ${validation.toFixed(4)}`);
    if (validation < best) {
      [best, since] = [validation, epoch];
      weights = new Map([...flatten(params)].map(([name, tensor]) => [name, (tensor.dataSync() as Float32Array).slice()]));
    } else if (epoch - since >= training.patience) break;
  }
  for (const [name, tensor] of flatten(params)) tf.tidy(() => void (tensor as ReturnType<typeof tf.variable>).assign(tf.tensor(weights.get(name)!, tensor.shape)));
  return history;
}

async function main(): Promise<void> {
  const { values, positionals: [path] } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string', default: '1' }, settings: { type: 'string', default: join(import.meta.dirname, 'settings.json') }, out: { type: 'string' } } });
  if (path === undefined) throw new Error('expected the path of a series in the form of ETT, found none');
  const settings = JSON.parse(readFileSync(values.settings, 'utf8')) as Settings;
  const seed = Number(values.seed);
  const { versions } = await openBackend('wasm');
  const series = readSeries(path, settings.data);
  const config = configOf(settings, series);
  const params = variables(initTft(config, createRng(seed).fork('parameters')));
  const started = performance.now();
  const history = await trained({ config, params, series }, settings, seed);
  const middle = performance.now();
  const { test } = series.parts;
  const forecast = forecasts(config, params, series, test);
  const { last } = windowsAt(series, test);
  const level = (i: number): number => (settings.data.fromLastValue ? 0 : last[Math.floor(i / config.future)]);
  const seconds = (from: number, to: number): number => Number(((to - from) / 1000).toFixed(1));
  const result = {
    model: `swinglab ${VERSION}, ${Object.entries(versions).map((entry) => entry.join(' ')).join(', ')}`,
    data: basename(path),
    seed,
    threads: 1,
    parameters: parameterCount(params),
    windows: { train: series.parts.train.length, test: test.length },
    test: judged((i, q) => forecast[i * config.quantiles.length + q], series, test, config.quantiles),
    persistence: judged(level, series, test, config.quantiles),
    history,
    seconds: { training: seconds(started, middle), test: seconds(middle, performance.now()) },
    settings,
  };
  const text = JSON.stringify(result, null, 2);
  console.log(text);
  if (values.out) writeFileSync(values.out, `${text}\n`);
}

await main();
