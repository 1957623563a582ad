import { openBackend, runRanks } from 'swinglab/tensor';
import type { Case, Settings } from '../case.js';
import { checked, prepareStep, productPeak, productsOf } from '../tft/step.ts';

/** A training step of the temporal fusion transformer; over several threads each takes an equal part of the windows. */
export async function prepare({ threads }: Settings): Promise<Case<number>> {
  const width = Number(process.env['BENCH_TFT_HIDDEN'] ?? 32);
  await openBackend('wasm');
  const products = { ...productsOf(width), peak: productPeak() };
  if (threads > 1) return overRanks(threads, width, products);
  const { version, parameters, run } = await prepareStep('wasm', width);
  return { version, run, check: (loss) => checked(loss, parameters), products };
}

async function overRanks(threads: number, width: number, products: NonNullable<Case<number>['products']>): Promise<Case<number>> {
  const { parameters } = await prepareStep('wasm', width, { windows: 1 });
  const shared = new SharedArrayBuffer(16);
  const control = new Int32Array(shared);
  const ended = runRanks({ module: new URL('../tft/rank.ts', import.meta.url), world: threads, size: parameters, task: { width, control: shared } });
  let asked = 0;
  const all = async (): Promise<void> => {
    const wanted = (asked + 1) * threads;
    for (let done = Atomics.load(control, 1); done < wanted; done = Atomics.load(control, 1)) await Promise.race([ended, Atomics.waitAsync(control, 1, done).value]);
  };
  await all();
  process.stdin.once('end', () => {
    Atomics.store(control, 2, 1);
    Atomics.add(control, 0, 1);
    Atomics.notify(control, 0);
  });
  const run = async (): Promise<number> => {
    asked++;
    Atomics.store(control, 0, asked);
    Atomics.notify(control, 0);
    await all();
    return new Float32Array(shared, 12, 1)[0];
  };
  return { version: `swinglab on ${threads} ranks`, run, check: (loss) => checked(loss, parameters), products };
}
