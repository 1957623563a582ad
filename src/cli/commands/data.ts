import { Option, type Command } from 'commander';

import { DATASET_NAMES } from '../../data/datasets.js';
import type { CliContext } from '../context.js';
import type { CheckFlags } from '../data/check.js';
import type { ExportFlags } from '../data/export.js';
import type { ImportFlags } from '../data/import.js';

/** `swing data import | status | check | export`. */
export function register(program: Command, context: CliContext): void {
  const data = program.command('data').description('market data in the store');
  registerImport(data, context);

  data
    .command('status')
    .description('what the store holds: rows, dates, sources, licences')
    .option('--json', 'print one JSON document')
    .action(async (flags: { readonly json?: boolean }) => (await import('../data/status.js')).status(flags, context));

  data
    .command('check')
    .description('verify the files and report what the quality rules find in the bars')
    .option('--as-of <date>', 'only what was known at this session')
    .option('--symbols <list>', 'only these instruments, separated by commas')
    .option('--strict', 'exit with 7 when anything but kept findings is found, or open interest that looks ahead')
    .option('--json', 'print one JSON document with every finding')
    .action(async (flags: CheckFlags) => (await import('../data/check.js')).check(flags, context));

  data
    .command('export')
    .description('write a dataset to a Parquet or CSV file')
    .argument('<dataset>', `one of ${DATASET_NAMES.join(', ')}, or a record of the daily run`)
    .argument('<file>', 'file to write, ending in .parquet or .csv')
    .option('--force', 'overwrite the file')
    .action(async (dataset: string, file: string, flags: ExportFlags) => (await import('../data/export.js')).exportDataset(dataset, file, flags, context));
}

function registerImport(data: Command, context: CliContext): void {
  const command = data
    .command('import')
    .description('bring files into the store, all of them in one step or none')
    .argument('[files...]', 'Parquet or CSV files, as <file> (judged by its columns) or <dataset>=<file>; a folder with source.json; or the word sample')
    .addOption(new Option('--mode <mode>', 'merge: rows replace those of the same key; replace: the dataset becomes these rows').choices(['merge', 'replace']).default('merge'))
    .addOption(new Option('--price-basis <basis>', 'how the prices of bars are stated; judged by an adjusted close when absent').choices(['raw', 'split-adjusted', 'total-return']))
    .option('--source <text>', 'where the rows come from, for the manifest and reports')
    .option('--licence <text>', 'what one may do with them')
    .addOption(new Option('--duplicates <policy>', 'rows of one key that contradict each other: mask sets all aside, repair keeps the last').choices(['mask', 'repair']).default('mask'))
    .option('--set-aside', 'put rows that do not fit into quarantine instead of refusing all')
    .option('--keep-early-stamps', 'store open interest also where the volumes show that it was settled on the day of its stamp, which is look-ahead')
    .option('--json', 'print one JSON document');
  for (const dataset of DATASET_NAMES) command.addOption(new Option(`--${dataset.replaceAll('_', '-')} <file>`, `the same as ${dataset}=<file>`).hideHelp());
  command.action(async (files: string[], flags: ImportFlags) => (await import('../data/import.js')).importFiles(files, flags, context));
}
