import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { EvaluateFlags } from '../models/evaluate.js';
import { collectParams } from '../models/forecaster-params.js';
import { seed } from '../whole-number.js';

/** `swing evaluate`. */
export function register(program: Command, context: CliContext): void {
  program
    .command('evaluate')
    .description('what scores were worth on sessions that were not learnt from: of a trained model from its first usable session on, or of a kind of model walked forward')
    .argument('<model>', 'name of a trained model, or a forecaster: lightgbm, ridge, momentum, reversal, low-volatility')
    .option('--start-date <date>', 'first session judged; of a walk-forward, the first session read')
    .option('--end-date <date>', 'last session read; the last with data when absent')
    .option('--param <name=value>', 'parameter of the forecaster of a walk-forward; may be repeated', collectParams, {})
    .option('--seed <n>', 'seed; that of the configuration when absent', seed)
    .option('--experiment <name>', 'runs that this one is compared with', 'evaluate')
    .option('--out <file>', 'where the page goes (default: runs/evaluations/<model>.html)')
    .option('--json', 'print all figures as one JSON document')
    .action(async (model: string, flags: EvaluateFlags) => (await import('../models/evaluate.js')).evaluate(model, flags, context));
}
