import type { Command } from 'commander';

import type { CliContext } from '../context.js';

/** `swing ingest`: the first step of the daily run alone. */
export function register(program: Command, context: CliContext): void {
  program
    .command('ingest')
    .description('bring the configured market data into the store; nothing when it is up to date')
    .option('--json', 'print one JSON document')
    .action((flags: { readonly json?: boolean }) => ingest(flags, context));
}

async function ingest(flags: { readonly json?: boolean }, context: CliContext): Promise<void> {
  const config = await context.loadConfig();
  const [{ prepareData }, { Store }] = await Promise.all([import('../../lab/data-source.js'), import('../../data/store/store.js')]);
  const store = await Store.open(config.paths.store);
  const { imported, rows } = await prepareData(store, config.config.data, { clock: context.clock, root: config.root, signal: context.signal });
  const { version } = await store.manifest();
  if (flags.json) context.output.json({ imported, rows, storeVersion: version });
  else context.output.line(imported === null ? 'the store is up to date' : `brought in ${rows.toLocaleString('en-US')} rows of "${imported}"`);
}
