import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { TrainFlags } from '../models/train.js';
import { collectParams } from '../models/forecaster-params.js';
import { seed, threads } from '../whole-number.js';

/** `swing train`. */
export function register(program: Command, context: CliContext): void {
  program
    .command('train')
    .description('train a model on the sessions between two dates and keep it in the models folder; the daily run takes it from the first session on that all it learnt from was known')
    .argument('<forecaster>', 'lightgbm, ridge, momentum, reversal or low-volatility')
    .option('--start-date <date>', 'first session learnt from; the first with data when absent')
    .option('--end-date <date>', 'session in which one stands: nothing after it is read; the last with data when absent')
    .option('--name <name>', 'name of the model (default: <forecaster>-<end date>)')
    .option('--alias <name>', "alias of the model in the registry of the MLflow server that is set, e.g. champion")
    .option('--param <name=value>', 'parameter of the forecaster; may be repeated', collectParams, {})
    .option('--seed <n>', 'seed; that of the configuration when absent', seed)
    .option('--threads <n>', 'threads; one a core when absent', threads)
    .option('--json', 'print the card as one JSON document')
    .action(async (forecaster: string, flags: TrainFlags) => (await import('../models/train.js')).train(forecaster, flags, context));
}
