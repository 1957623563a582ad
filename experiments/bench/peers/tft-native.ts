import type { Case, Settings } from '../case.js';
import { checked, prepareStep } from '../tft/step.ts';

/** The same step by stock operations on TensorFlow's own library (tfjs-node), which `npm run native` builds; BENCH_TFT_LAYERS=1 lets it take our LSTM layer as one of its operations. */
export async function prepare({ threads }: Settings): Promise<Case<number>> {
  if (threads !== 1) throw new Error(`expected one thread, found --threads ${threads}`);
  process.env['TF_NUM_INTRAOP_THREADS'] = '1';
  process.env['TF_NUM_INTEROP_THREADS'] = '1';
  const width = Number(process.env['BENCH_TFT_HIDDEN'] ?? 32);
  const { version, parameters, run } = await prepareStep('tensorflow', width, { isPlain: process.env['BENCH_TFT_LAYERS'] !== '1' });
  return { version, run, check: (loss) => checked(loss, parameters) };
}
