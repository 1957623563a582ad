import { Store } from '../../data/store/store.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';

/** `swing data status`. */
export async function status(flags: { readonly json?: boolean }, context: CliContext): Promise<void> {
  const config = await context.loadConfig();
  const store = await Store.open(config.paths.store);
  const { version, datasets } = await store.manifest();
  if (flags.json) {
    context.output.json({ store: store.folder, version, datasets: Object.fromEntries(Object.entries(datasets).map(([name, { partitions, ...entry }]) => [name, { ...entry, partitions: partitions.length }])) });
    return;
  }
  const { output } = context;
  output.line(`store ${store.folder}, version ${version}`);
  const rows = Object.entries(datasets).map(([name, { rows: count, firstDate, lastDate, provider, licence, source }]) => [name, count.toLocaleString('en-US'), firstDate ?? '–', lastDate ?? '–', provider, licence, source]);
  if (rows.length === 0) output.line('it holds nothing yet; import with: swing data import <files>, or run: swing daily');
  else for (const line of alignColumns([['dataset', 'rows', 'first', 'last', 'provider', 'licence', 'source'], ...rows])) output.line(line);
}
