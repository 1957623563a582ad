import { createRng, VERSION } from 'swinglab';
import { applyTft, initTft, tftConfigSchema, type Tft } from 'swinglab/models/tft';
import { Adam, openBackend, parameterCount, quantileLoss, tf, trainStep, variables, withoutKernels, type BackendName, type ParameterTree, type Reducer } from 'swinglab/tensor';
import { applyBatched, applySeparate, initSeparate, type Separate } from './separate.ts';

/** Part that is dropped where the paper drops; with it, what the associative law spares must be carried out. */
export const DROPOUT = Number(process.env['BENCH_TFT_DROPOUT'] ?? 0);

/** The work of the benchmark: 256 windows of 60 sessions with 24 inputs, 500 tickers, 5 horizons of 3 quantiles. */
export const WORK = { windows: 256, sessions: 60, variables: 24, tickers: 500, horizons: 5, quantiles: [0.1, 0.5, 0.9] };

export type Form = 'own' | 'plain' | 'separate' | 'batched';

export interface Step {
  readonly version: string;
  readonly parameters: number;
  readonly run: () => Promise<number>;
}

/**
 * A training step of the transformer on a part of the windows. `form`: as the library has it; `plain`: the same algebra by stock operations only;
 * `separate` and `batched`: by stock operations without it, in PyTorch's two forms.
 */
export async function prepareStep(backend: BackendName, width: number, { windows = WORK.windows, reducer = null, form = 'own' }: { readonly windows?: number; readonly reducer?: Reducer | null; readonly form?: Form } = {}): Promise<Step> {
  const { versions } = await openBackend(backend);
  const config = tftConfigSchema.parse({ statics: [WORK.tickers], observed: WORK.variables, known: 0, past: WORK.sessions, future: 0, width, heads: 4, horizons: WORK.horizons, quantiles: WORK.quantiles, dropout: DROPOUT });
  const rng = createRng(1);
  const isSeparate = form === 'separate';
  const parameters = variables<ParameterTree>(isSeparate ? initSeparate(config, rng.fork('parameters')) : initTft(config, rng.fork('parameters')));
  const drawn = rng.fork(`data ${reducer?.rank ?? 0}`);
  const normal = (shape: number[]) => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => drawn.normal()), shape);
  const batch = { statics: [tf.tensor1d(Int32Array.from({ length: windows }, () => drawn.integer(0, WORK.tickers - 1)), 'int32')], past: normal([WORK.variables, windows * WORK.sessions]) as never, future: null };
  const target = normal([windows, WORK.horizons]);
  const optimizer = new Adam(parameters);
  let steps = 0;
  const dropSeed = () => (DROPOUT > 0 ? ++steps * 64 + (reducer?.rank ?? 0) : null);
  const forecast = () => {
    if (isSeparate) return applySeparate(config, parameters as unknown as Separate, batch);
    return form === 'batched' ? applyBatched(config, parameters as unknown as Tft, batch) : applyTft(config, parameters as unknown as Tft, batch, { dropSeed: dropSeed() }).quantiles;
  };
  const loss = () => quantileLoss(forecast(), target, config.quantiles);
  const run = async (): Promise<number> => (await trainStep({ parameters, optimizer, rate: 1e-3, loss: form === 'own' ? loss : () => withoutKernels(loss), reducer })).loss;
  // the engine compiles the kernels better once they have run for a while
  for (let i = 0; i < 3; i++) await run();
  const text = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ');
  return { version: `swinglab ${VERSION}, ${text}`, parameters: parameterCount(parameters), run };
}

/** What both sides must agree on; a loss depends on what was drawn. */
export function checked(loss: number, parameters: number): Readonly<Record<string, number>> {
  return { parameters, windows: WORK.windows, sessions: WORK.sessions, variables: WORK.variables, quantiles: WORK.horizons * WORK.quantiles.length, finite: Number(Number.isFinite(loss)) };
}

/** GFLOP/s of the best of several products of 512 x 512 matrices. */
export function productPeak(): number {
  const [a, b] = [tf.randomNormal([512, 512], 0, 1, 'float32', 1), tf.randomNormal([512, 512], 0, 1, 'float32', 2)] as [never, never];
  let best = Infinity;
  for (let i = 0; i < 30; i++) {
    const started = performance.now();
    tf.matMul(a, b).dispose();
    best = Math.min(best, performance.now() - started);
  }
  tf.dispose([a, b]);
  return (2 * 512 ** 3) / best / 1e6;
}

/**
 * Floating-point operations of the products of a step: forward, and twice that backward. Layers are counted as the paper has them, with
 * embeddings of scalars folded into the layer behind, and without contexts and head.
 */
export function productsOf(d: number): { readonly model: number } {
  const [rows, v, k] = [WORK.windows * WORK.sessions, WORK.variables, d / 4];
  const selection = 3 * v * d * d + v * d + v * v + 2 * d * v;
  const lstm = 2 * d * 4 * d;
  const gate = 2 * d * d;
  return { model: 3 * 2 * rows * (selection + d * d + lstm + gate + 4 * d * d + d * d + d * k) };
}
