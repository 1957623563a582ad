import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { BacktestFlags } from '../experiments/backtest.js';
import { seed } from '../whole-number.js';

/** `swing backtest`. */
export function register(program: Command, context: CliContext): void {
  program
    .command('backtest')
    .description('what a strategy would have done, by the code of the daily run: figures, the part that luck may have in them, a page with every trade')
    .argument('[strategy]', 'priority or momentum; the configured one when absent')
    .option('--model <name>', 'forecaster that is walked forward (lightgbm, ridge, momentum, reversal, low-volatility), or trained: the models of the project, each from its first usable session on; experiment.model when absent')
    .option('--since <date>', 'first session that is decided on')
    .option('--until <date>', 'last session that is decided on')
    .option('--start-date <date>', 'first session that a walked-forward model reads')
    .option('--costs <which>', 'default or none')
    .option('--rules <which>', 'default or none')
    .option('--benchmark <which>', 'members, an instrument of the store, or none')
    .option('--seed <n>', 'seed; that of the configuration when absent', seed)
    .option('--experiment <name>', 'runs that this one is compared with, and counted as tries with', 'backtest')
    .option('--fresh', 'run again what is kept')
    .option('--out <file>', 'where the page goes (default: runs/backtests/<strategy>.html)')
    .option('--json', 'print all figures as one JSON document')
    .action(async (strategy: string | undefined, flags: BacktestFlags) => (await import('../experiments/backtest.js')).backtest(strategy, flags, context));
}
