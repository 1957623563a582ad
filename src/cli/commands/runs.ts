import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { RunsFlags } from '../runs/run-records.js';
import type { SyncFlags } from '../runs/sync.js';

/** `swing runs list | show | compare | sync`. */
export function register(program: Command, context: CliContext): void {
  const runs = program.command('runs').description('what was tried: every evaluated configuration with its figures');

  runs
    .command('list')
    .description('runs, oldest first, and how many trials they make')
    .argument('[experiment]', 'only of this experiment')
    .option('--json', 'print one JSON document')
    .action(async (experiment: string | undefined, flags: RunsFlags) => (await import('../runs/list.js')).list(experiment, flags, context));

  runs
    .command('show')
    .description('all that is kept of one run')
    .argument('<id>', 'id of the run, or how it begins')
    .option('--json', 'print one JSON document')
    .action(async (id: string, flags: RunsFlags) => (await import('../runs/show.js')).show(id, flags, context));

  runs
    .command('compare')
    .description('where two runs differ: what was chosen, what came of it')
    .argument('<id>', 'id of a run, or how it begins')
    .argument('<other>', 'id of another')
    .option('--json', 'print one JSON document')
    .action(async (id: string, other: string, flags: RunsFlags) => (await import('../runs/compare.js')).compare(id, other, flags, context));

  runs
    .command('sync')
    .description('send to the MLflow server that is set what has not reached it, also what it did not take before')
    .option('--all', 'every run that is kept here, also those of before the server was set; what is there already does not change')
    .option('--json', 'print one JSON document')
    .action(async (flags: SyncFlags) => (await import('../runs/sync.js')).sync(flags, context));
}
