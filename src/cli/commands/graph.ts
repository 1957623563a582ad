import type { Command } from 'commander';

import type { CliContext } from '../context.js';
import type { BuildFlags } from '../graph/build.js';
import type { ShowFlags } from '../graph/show.js';

/** `swing graph build | show`. */
export function register(program: Command, context: CliContext): void {
  const graph = program.command('graph').description('who moves with whom: the graph of each session');

  graph
    .command('build')
    .description('compute the graphs of a span of sessions and keep them; only what is missing or whose data changed')
    .option('--start <date>', 'first session; the first with a whole window when absent')
    .option('--end <date>', 'last session; the last with data when absent')
    .option('--json', 'print one JSON document')
    .action(async (flags: BuildFlags) => (await import('../graph/build.js')).build(flags, context));

  graph
    .command('show')
    .description('the graph of a session in numbers, and a page that draws it')
    .argument('[date]', 'session; the last one with data when absent')
    .option('--out <file>', 'where the page goes (default: runs/graph/<date>.html)')
    .option('--json', 'print one JSON document, without a page')
    .action(async (date: string | undefined, flags: ShowFlags) => (await import('../graph/show.js')).show(date, flags, context));
}
