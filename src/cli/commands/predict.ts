import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { PredictFlags } from '../models/predict.js';
import { wholeNumber } from '../whole-number.js';

/** `swing predict`. */
export function register(program: Command, context: CliContext): void {
  program
    .command('predict')
    .description('what a model says of every member on a session, best first, and why; nothing is kept')
    .option('--model <name>', 'a trained model, or momentum, reversal, low-volatility; that of forecast.model when absent')
    .option('--as-of <date>', 'session to stand in; the last one with data when absent')
    .option('--top <n>', 'lines printed', wholeNumber(1, 100_000), 20)
    .option('--csv <file>', 'write all members to a CSV file')
    .option('--json', 'print one JSON document')
    .action(async (flags: PredictFlags) => (await import('../models/predict.js')).predict(flags, context));
}
