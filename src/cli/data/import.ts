import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { ConfigError } from '../../core/errors.js';
import { DATASET_NAMES, type DatasetName } from '../../data/datasets.js';
import { importFrom, type ImportReport } from '../../data/import.js';
import type { MarketDataProvider, PriceBasis } from '../../data/provider.js';
import { openFiles, openFilesFolder, type SingleFile } from '../../data/providers/files/provider.js';
import { openProvider } from '../../data/providers/registry.js';
import { Store } from '../../data/store/store.js';
import type { CliContext } from '../context.js';

export interface ImportFlags extends Readonly<Partial<Record<string, unknown>>> {
  readonly mode: 'merge' | 'replace';
  readonly priceBasis?: PriceBasis;
  readonly source?: string;
  readonly licence?: string;
  readonly duplicates: 'mask' | 'repair';
  readonly setAside?: boolean;
  readonly keepEarlyStamps?: boolean;
  readonly json?: boolean;
}

/** `swing data import`. */
export async function importFiles(files: readonly string[], flags: ImportFlags, context: CliContext): Promise<void> {
  const config = await context.loadConfig();
  const provider = await chooseProvider([...files, ...namedFiles(flags)], flags, context.cwd);
  const store = await Store.open(config.paths.store);
  const report = await importFrom(provider, store, {
    clock: context.clock,
    mode: flags.mode,
    duplicates: flags.duplicates,
    setAside: flags.setAside ?? false,
    keepEarlyStamps: flags.keepEarlyStamps ?? false,
    signal: context.signal,
    onRows: progressLine(context),
  });
  if (flags.json) context.output.json(toJson(report));
  else print(report, context);
}

/** Files given as `--membership <file>` and the like. */
function namedFiles(flags: ImportFlags): string[] {
  return DATASET_NAMES.flatMap((dataset) => {
    const file = flags[dataset.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())];
    return typeof file === 'string' ? [`${dataset}=${file}`] : [];
  });
}

async function chooseProvider(files: readonly string[], flags: ImportFlags, cwd: string): Promise<MarketDataProvider> {
  if (files.length === 0) throw new ConfigError('expected files to import, found none; for example: swing data import bars.parquet membership=members.csv', { code: 'NO_FILES' });
  if (files.length === 1 && files[0] === 'sample') return openProvider('sample');
  if (files.length === 1 && (await isFolder(resolve(cwd, files[0])))) return openFilesFolder(resolve(cwd, files[0]));
  return openFiles(files.map((file) => singleFile(file, flags, cwd)));
}

function singleFile(text: string, { priceBasis, source, licence }: ImportFlags, cwd: string): SingleFile {
  const [, name, rest] = /^([a-z_]+)=(.+)$/.exec(text) ?? [];
  if (name !== undefined && !DATASET_NAMES.includes(name as DatasetName)) throw new ConfigError(`expected one of the datasets ${DATASET_NAMES.join(', ')} before "=", found "${name}" in "${text}"`, { code: 'UNKNOWN_DATASET', fields: { text } });
  return {
    path: resolve(cwd, rest ?? text),
    ...(name === undefined ? {} : { dataset: name as DatasetName }),
    ...(priceBasis === undefined ? {} : { priceBasis }),
    ...(source === undefined ? {} : { source }),
    ...(licence === undefined ? {} : { licence }),
  };
}

const isFolder = (path: string): Promise<boolean> => stat(path).then((found) => found.isDirectory(), () => false);

function progressLine({ globals }: CliContext): (dataset: string, rows: number) => void {
  if (globals().quiet || process.stderr.isTTY !== true) return () => undefined;
  return (dataset, rows) => void process.stderr.write(`\r\u001b[2K${dataset}: ${rows.toLocaleString('en-US')} rows`);
}

function toJson({ version, datasets, dropped }: ImportReport): unknown {
  return {
    storeVersion: version,
    dropped,
    datasets: datasets.map(({ dataset, delivered, rejected, findings, quarantine, entry }) => ({ dataset, delivered, rejected, findings, quarantine, rows: entry.rows, firstDate: entry.firstDate, lastDate: entry.lastDate, contentHash: entry.contentHash })),
  };
}

function print({ datasets, dropped }: ImportReport, { output }: CliContext): void {
  if (process.stderr.isTTY === true) process.stderr.write('\r\u001b[2K');
  if (dropped.length > 0) output.note(`the bundled sample or synthetic market and what was computed on it left the store: ${dropped.join(', ')}`);
  for (const { dataset, delivered, rejected, findings, quarantine, entry } of datasets) {
    output.line(`${dataset}: ${delivered.toLocaleString('en-US')} rows read, ${entry.rows.toLocaleString('en-US')} in the store, ${entry.firstDate ?? '–'} to ${entry.lastDate ?? '–'}${entry.priceBasis === undefined ? '' : `, prices ${entry.priceBasis}`}`);
    for (const { expectation, count, first } of rejected) output.line(`  set aside ${count}: expected ${expectation}, first: ${first}`);
    for (const { rule, policy, count, examples } of findings) output.line(`  ${rule}: ${count} (${policy}), such as ${examples[0]}`);
    for (const note of entry.notes) output.line(`  note: ${note}`);
    if (quarantine !== null) output.line(`  rows set aside are in ${quarantine}`);
  }
}
