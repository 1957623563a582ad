import { Option, type Command } from 'commander';

import type { CliContext } from '../context.js';
import { RECORD_PROVIDERS, type RecordFlags } from '../options/record-flags.js';
import type { ShowFlags } from '../options/show.js';
import { requireOwnOptions } from '../require-own-options.js';

/** `swing options [underlying] | record`. */
export function register(program: Command, context: CliContext): void {
  const options = program
    .command('options')
    .description("an underlying's option chain in figures, and a page that draws it")
    .argument('[underlying]', 'whose chain; a list of all that there are when absent')
    .option('--as-of <date>', 'session to stand in; the last one with a chain when absent')
    .option('--out <file>', 'where the page goes (default: runs/options/<underlying>-<date>.html)')
    .option('--open', 'open the page')
    .option('--use-synthetic', 'of the made-up market (data.synthetic), in folders of its own; everything is marked SYNTHETIC')
    .option('--json', 'print one JSON document, without a page')
    .action(async (underlying: string | undefined, flags: ShowFlags) => (underlying === undefined ? (await import('../options/list.js')).list(flags, context) : (await import('../options/show.js')).show(underlying, flags, context, options.commands.map((command) => command.name()))));
  options.hook('preSubcommand', (_, subcommand) => requireOwnOptions(options, subcommand));

  options
    .command('record')
    .description("write the evening's option chains into the store: tomorrow nobody can tell today's any more")
    .addOption(new Option('--provider <name>', 'vendor that shows the present chains; its key is read from POLYGON_API_KEY').choices(RECORD_PROVIDERS))
    .option('--from <file>', 'Parquet or CSV file, or a folder of them, instead of a vendor')
    .option('--underlyings <list>', 'instruments separated by commas; the word universe stands for the members of data.universe (default: universe; of files all that they hold)')
    .option('--session <date>', 'session of the chains (default: the last one that is over)')
    .option('--force', 'overwrite recorded chains also by ones with fewer contracts')
    .option('--keep-early-stamps', 'record open interest also where the volumes show that it was settled on the day of its stamp, which is look-ahead')
    .option('--json', 'print one JSON document')
    // the group has a --json too and takes it wherever it stands
    .action(async (_: unknown, command: Command) => (await import('../options/record.js')).record(command.optsWithGlobals<RecordFlags>(), context));
}
