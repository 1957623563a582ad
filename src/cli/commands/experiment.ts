import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { CompareFlags } from '../experiments/compare.js';
import type { ExperimentFlags } from '../experiments/run.js';
import { threads } from '../whole-number.js';

/** `swing experiment run | compare`. */
export function register(program: Command, context: CliContext): void {
  const experiment = program.command('experiment').description('ideas that are written down, run over all their combinations, and judged with all of them counted');

  experiment
    .command('run')
    .description('runs every combination of an experiment.yaml, on all cores; the settings of the file lie over those of config.yaml')
    .argument('<file>', 'the experiment, e.g. experiments/momentum/experiment.yaml')
    .option('--threads <n>', 'combinations run at once; as many as there are cores when absent', threads)
    .option('--out <file>', 'where the page of the best goes (default: runs/experiments/<name>.html)')
    .option('--json', 'print all figures as one JSON document')
    .action(async (file: string, flags: ExperimentFlags) => (await import('../experiments/run.js')).runExperimentFile(file, flags, context));

  experiment
    .command('compare')
    .description('whether one backtest is better than another by more than chance: a paired test on their daily returns')
    .argument('<a>', 'id of a run, or how it begins; or the name of an experiment: its best')
    .argument('<b>', 'the other')
    .option('--json', 'print one JSON document')
    .action(async (a: string, b: string, flags: CompareFlags) => (await import('../experiments/compare.js')).compareBacktests(a, b, flags, context));
}
