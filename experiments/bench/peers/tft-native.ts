import type { Case, Settings } from '../case.js';
import { checked, prepareStep, type Form } from '../tft/step.ts';

/**
 * The same step by stock operations on TensorFlow's own library (tfjs-node), which `npm run native` builds; BENCH_TFT_FORM: `separate`, a network
 * for each variable (PyTorch's faster form); `batched`, stacks of matrices; `plain`, with our algebra; `own`, with our LSTM layer as one of its operations as well.
 */
const forms: Readonly<Record<string, Form>> = { own: 'own', plain: 'plain', separate: 'separate', batched: 'batched' };

export async function prepare({ threads }: Settings): Promise<Case<number>> {
  if (threads !== 1) throw new Error(`expected one thread, found --threads ${threads}`);
  process.env['TF_NUM_INTRAOP_THREADS'] = '1';
  process.env['TF_NUM_INTEROP_THREADS'] = '1';
  const width = Number(process.env['BENCH_TFT_HIDDEN'] ?? 32);
  const { version, parameters, run } = await prepareStep('tensorflow', width, { form: forms[process.env['BENCH_TFT_FORM'] ?? 'separate'] });
  return { version, run, check: (loss) => checked(loss, parameters) };
}
