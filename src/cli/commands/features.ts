import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { CheckFlags } from '../features/check.js';
import type { ComputeFlags } from '../features/compute.js';
import type { DescribeFlags } from '../features/describe.js';
import type { ListFlags } from '../features/list.js';
import { wholeNumber } from '../whole-number.js';

const NAMES = 'names of features, of families, or of sets; core when absent';

/** `swing features list | describe | compute | check`. */
export function register(program: Command, context: CliContext): void {
  const features = program.command('features').description('what can be computed about each instrument');

  features
    .command('list')
    .description('the features, one line each')
    .argument('[names...]', 'names of features, of families, or of sets; all when absent')
    .option('--json', 'print one JSON document')
    .action(async (names: string[], flags: ListFlags) => (await import('../features/list.js')).list(names, flags, context));

  features
    .command('describe')
    .description('formula, source and availability of a feature, and a page that shows its values')
    .argument('<name>', 'name of a feature')
    .option('--as-of <date>', 'session to stand in; the last one with data when absent')
    .option('--symbol <symbol>', 'instrument whose course is drawn')
    .option('--out <file>', 'where the page goes (default: runs/features/<name>.html)')
    .option('--no-page', 'only the text')
    .option('--json', 'print one JSON document, without a page')
    .action(async (name: string, flags: DescribeFlags) => (await import('../features/describe.js')).describe(name, flags, context));

  features
    .command('compute')
    .description('compute features of all members into files; only what is new where the data before it is what it was')
    .argument('[names...]', NAMES)
    .option('--start <date>', 'first session; the first with data when absent')
    .option('--end <date>', 'last session; the last with data when absent')
    .option('--symbols <list>', 'only these instruments, separated by commas')
    .option('--out <folder>', 'where the files go (default: runs/features/<hash of the request>)')
    .option('--threads <n>', 'worker threads; one a core when absent', wholeNumber(1))
    .option('--whole', 'compute everything again')
    .option('--json', 'print one JSON document')
    .action(async (names: string[], flags: ComputeFlags) => (await import('../features/compute.js')).compute(names, flags, context));

  features
    .command('check')
    .description('hold features to their laws on the data in the store: no look-ahead, full warm-up, no price levels, one new session as all')
    .argument('[names...]', 'names of features, of families, or of sets; all when absent')
    .option('--symbols <list>', 'instruments, separated by commas; some of the universe, drawn at random, when absent')
    .option('--places <n>', 'sessions to stand at, drawn at random', wholeNumber(1), 3)
    .option('--json', 'print one JSON document')
    .action(async (names: string[], flags: CheckFlags) => (await import('../features/check.js')).check(names, flags, context));
}
