import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { fixedClock } from '../../src/core/clock.js';
import { sampleFolder } from '../../src/data/sample.js';
import { literal, withDuckDB } from '../../src/data/store/duckdb.js';
import { swing, type Ended } from '../cli/run.js';

const SYMBOLS = ['AAPL', 'AMZN', 'BA', 'CAT', 'GE', 'IBM', 'JNJ', 'KO', 'MMM', 'MSFT', 'PG', 'XOM'];

/** The morning after the last session of the bars. */
export const CLOCK = fixedClock(Date.UTC(2018, 1, 8, 12));

const COMMANDS = [
  () => import('../../src/cli/commands/daily.js'),
  () => import('../../src/cli/commands/ingest.js'),
  () => import('../../src/cli/commands/data.js'),
  () => import('../../src/cli/commands/config.js'),
];

/** Runs a command line in this process, in a project's folder. */
export function run(argv: readonly string[], project: string): Promise<Ended> {
  return swing(['--quiet', ...argv], { cwd: project, clock: CLOCK, commands: COMMANDS });
}

/** A project with own data in its store: bars of twelve members for sixteen months, small enough for a fault each. */
export async function makeBaseProject(project: string): Promise<void> {
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'config.yaml'), 'data:\n  history: 300\nforecast:\n  model: momentum\n');
  const among = `symbol in (${SYMBOLS.map(literal).join(', ')})`;
  await withDuckDB(async (connection) => {
    await connection.run(`copy (select * from read_parquet(${literal(join(sampleFolder(), 'bars.parquet'))}) where ${among} and session >= date '2016-10-03' order by all) to ${literal(join(project, 'bars.parquet'))}`);
    await connection.run(`copy (select * from read_csv(${literal(join(sampleFolder(), 'membership.csv'))}) where ${among} order by all) to ${literal(join(project, 'membership.csv'))}`);
  });
  const ended = await run(['data', 'import', 'bars.parquet', 'membership.csv'], project);
  if (ended.code !== 0) throw new Error(ended.stderr);
}
