import { mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { literal, withDuckDB } from '../../src/data/store/duckdb.js';
import { put, type Fault } from './malformed-files.js';

const daily = (...more: string[]): string[] => ['daily', '--json', ...more];

const config = (name: string, text: string, ...says: string[]): Fault => ({ name, arrange: put('config.yaml', text), argv: daily(), code: 2, says });

const asOf = (name: string, date: string, code: 2 | 3, ...says: string[]): Fault => ({ name, argv: daily('--as-of', date), code, says });

/** Settings and command lines that the daily run, and others, have to refuse. */
export const MALFORMED_SETTINGS: readonly Fault[] = [
  config('an unknown key', 'data:\n  histroy: 300\n', 'config.yaml:2:3', 'a known key', '"histroy"', 'did you mean "history"?'),
  config('a value of the wrong type', 'data:\n  history: many\n', 'config.yaml:2:12', 'a whole number', '"many"'),
  config('a value out of range', 'data:\n  history: 3\n', 'config.yaml:2:12', 'from 300', 'found 3'),
  config('YAML that is none', 'data: [\n', 'config.yaml:2:1', 'expected YAML'),
  config('bytes that are no text', '\u0000\u0001', 'config.yaml', 'expected'),
  config('a secret in the file', 'openaiApiKey: sk-0123456789abcdef0123\n', 'config.yaml:1:1', 'no secrets here', 'OPENAI_API_KEY'),
  { name: 'a configuration file that is not there', argv: ['--config', 'nowhere.yaml', ...daily()], code: 2, says: ['nowhere.yaml', 'a configuration file', 'no such file'] },
  { name: 'a configuration file that is a folder', arrange: async (project) => void (await mkdir(join(project, 'folder.yaml'))), argv: ['--config', 'folder.yaml', ...daily()], code: 2, says: ['folder.yaml', 'a configuration file', 'a folder'] },
  { name: 'a --set without a value', argv: ['--set', 'data.history', ...daily()], code: 2, says: ['--set data.history', 'a setting and its value'] },
  { name: 'a --set whose value is no YAML', argv: ['--set', 'data.history=[', ...daily()], code: 2, says: ['--set data.history=[', 'expected'] },
  asOf('an --as-of that is no date', 'yesterday', 2, 'yyyy-mm-dd', '"yesterday"', '--as-of'),
  asOf('an --as-of that does not exist', '2018-02-30', 2, 'an existing date', '"2018-02-30"', '--as-of'),
  asOf('an --as-of on a Sunday', '2018-02-04', 2, 'an XNYS session', '2018-02-04', '2018-02-02 and 2018-02-05'),
  asOf('an --as-of before the first bar', '2010-01-04', 3, 'bars up to session 2010-01-04', 'from 2016-10-03 to 2018-02-07'),
  asOf('an --as-of before the calendar', '1985-01-02', 2, 'a date from 1990-01-01', '1985-01-02', '--as-of'),
  asOf('an --as-of in the future', '2018-02-09', 2, 'decision time has come', 'the last is 2018-02-07', '2018-02-09'),
  { name: 'a check as of a day after the calendar', argv: ['data', 'check', '--json', '--as-of', '2500-01-04'], code: 2, says: ['to 2100-12-31', '2500-01-04', '--as-of'] },
  { name: 'a check of an unknown instrument', argv: ['data', 'check', '--json', '--symbols', 'NOPE'], code: 3, says: ['every instrument asked for', '"NOPE"'] },
  { name: 'an unknown ticker in data.symbols', argv: daily('--set', 'data.symbols=[NOPE]'), code: 2, says: ['members of "sp500"', '"NOPE"'] },
  { name: 'an unknown universe', argv: daily('--set', 'data.universe=russell'), code: 3, says: ['one of the universes sp500', '"russell"'] },
  { name: 'the sample wanted where own data is', argv: daily('--set', 'data.source=sample'), code: 2, says: ['without own data', 'bars of "files"'] },
  { name: 'files wanted without a folder', argv: daily('--set', 'data.source=files'), code: 2, says: ['data.folder', 'found none'] },
  { name: 'files wanted from a folder that is not there', argv: daily('--set', 'data.source=files', '--set', 'data.folder=nowhere'), code: 3, says: ['nowhere/source.json'] },
  { name: 'an export of an unknown dataset', argv: ['data', 'export', 'barz', 'out.csv'], code: 2, says: ['one of bars', '"barz"'] },
  { name: 'an export of what the store does not hold', argv: ['data', 'export', 'news', 'out.csv'], code: 3, says: ['the dataset "news"', 'found bars, membership'] },
  { name: 'an export to a file that exists', argv: ['data', 'export', 'bars', 'bars.parquet'], code: 2, says: ['does not exist yet', '"bars.parquet"', '--force'] },
  { name: 'an export to a kind of file that is not written', argv: ['data', 'export', 'bars', 'out.json'], code: 2, says: ['.parquet or .csv', '"out.json"'] },
  { name: 'an export below a file', argv: ['data', 'export', 'bars', 'bars.parquet/out.csv'], code: 3, says: ['to write', 'bars.parquet/out.csv'] },
  { name: 'an unknown option', argv: daily('--jsonn'), code: 2, says: ["unknown option '--jsonn'"] },
  { name: 'an unknown choice', argv: ['data', 'import', 'bars.parquet', '--mode', 'append'], code: 2, says: ["'append' is invalid"] },
];

const manifest = (name: string, text: string, argv: string[], ...says: string[]): Fault => ({ name, arrange: put('store/manifest.json', text), argv, code: 3, says: [...says, 'store/manifest.json'] });

/** Path of the one file of 2017's bars. */
async function barsOf2017(project: string): Promise<string> {
  const { datasets } = JSON.parse(await readFile(join(project, 'store/manifest.json'), 'utf8')) as { datasets: Record<string, { partitions: { key: string; path: string }[] }> };
  return join(project, 'store', datasets['bars'].partitions.find(({ key }) => key === '2017')!.path);
}

const remove = async (project: string): Promise<void> => rm(await barsOf2017(project));
const cut = async (project: string): Promise<void> => truncate(await barsOf2017(project), 4000);
/** The same bars with other prices, in a good Parquet file: no reader would notice. */
const swap = async (project: string): Promise<void> => {
  const path = await barsOf2017(project);
  const other = join(project, 'other.parquet');
  await withDuckDB((connection) => connection.run(`copy (select * replace (close * 1.5 as close) from read_parquet(${literal(path)})) to ${literal(other)} (format parquet, compression zstd)`));
  await rename(other, path);
};

/** Stores that were damaged behind swinglab's back. */
export const DAMAGED_STORES: readonly Fault[] = [
  manifest('a manifest that is cut off', '{"schemaVers', daily(), 'JSON'),
  manifest('an empty manifest', '', daily(), 'JSON'),
  manifest('a manifest of another version', '{"schemaVersion": 9}', daily(), 'schema version 1', 'found 9'),
  manifest('a manifest of another shape', '{"schemaVersion": 1, "version": 1, "datasets": {"bars": {}}}', ['data', 'status', '--json'], 'a valid store manifest', 'datasets.bars'),
  manifest('a damaged manifest under an import', '{"schemaVersion": 1}', ['data', 'import', 'bars.parquet', '--json'], 'a valid store manifest'),
  { name: 'a file of the store gone, in the daily run', arrange: remove, argv: daily(), code: 3, says: ['the file "bars/2017', 'none that can be read', '--mode replace'] },
  { name: 'a file of the store gone, in an export', arrange: remove, argv: ['data', 'export', 'bars', 'out.csv'], code: 3, says: ['the file "bars/2017', 'none that can be read'] },
  { name: 'a file of the store cut off, in the daily run', arrange: cut, argv: daily(), code: 3, says: ['expected sha256', 'bars/2017', "behind the store's back"] },
  { name: 'a file of the store cut off, in an export', arrange: cut, argv: ['data', 'export', 'bars', 'out.csv'], code: 3, says: ['expected sha256', 'bars/2017'] },
  { name: 'a file of the store exchanged, in the daily run', arrange: swap, argv: daily(), code: 3, says: ['expected sha256', 'bars/2017', "behind the store's back"] },
  { name: 'a file of the store exchanged, in a check', arrange: swap, argv: ['data', 'check', '--json'], code: 3, says: ['expected sha256', 'bars/2017', "behind the store's back"] },
  { name: 'a file of the store exchanged, in an import that would merge with it', arrange: swap, argv: ['data', 'import', 'bars.parquet', '--json'], code: 3, says: ['expected sha256', 'bars/2017', "behind the store's back"] },
  { name: 'a store that is a file', arrange: async (project) => (await rm(join(project, 'store'), { recursive: true }), writeFile(join(project, 'store'), 'x')), argv: daily(), code: 3, says: ['store manifest', 'ENOTDIR'] },
  { name: 'run records where a file stands', arrange: put('runs', 'x'), argv: daily(), code: 3, says: ['run records', '/runs'] },
  { name: 'a lock that is no lock', arrange: put('store/store.lock', 'garbage'), argv: ['data', 'import', 'bars.parquet', '--json'], code: 3, says: ['to lock', 'store.lock'] },
];
