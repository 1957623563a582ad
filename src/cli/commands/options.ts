import { Option, type Command } from 'commander';

import type { CliContext } from '../context.js';
import { RECORD_PROVIDERS, type RecordFlags } from '../options/record-flags.js';

/** `swing options record`. */
export function register(program: Command, context: CliContext): void {
  const options = program.command('options').description('option chains');

  options
    .command('record')
    .description("write the evening's option chains into the store: tomorrow nobody can tell today's any more")
    .addOption(new Option('--provider <name>', 'vendor that shows the present chains; its key is read from POLYGON_API_KEY').choices(RECORD_PROVIDERS))
    .option('--from <file>', 'Parquet or CSV file, or a folder of them, instead of a vendor')
    .option('--underlyings <list>', 'instruments separated by commas; the word universe stands for the members of data.universe (default: universe; of files all that they hold)')
    .option('--session <date>', 'session of the chains (default: the last one that is over)')
    .option('--force', 'overwrite recorded chains also by ones with fewer contracts')
    .option('--json', 'print one JSON document')
    .action(async (flags: RecordFlags) => (await import('../options/record.js')).record(flags, context));
}
