import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { LoadedConfig } from '../../../src/config/load.js';
import { XNYS } from '../../../src/core/calendar.js';
import { result } from '../../../src/core/events.js';
import { sampleFolder } from '../../../src/data/sample.js';
import { fileLiteral, withDuckDB } from '../../../src/data/store/duckdb.js';
import { Audits } from '../../../src/lab/audits/audits.js';
import { writeModel } from '../../../src/lab/models/model-folder.js';
import { trainCheckpoint } from '../../../src/lab/models/train-checkpoint.js';
import { Lab, openConfigured } from '../../../src/lab/open.js';
import { ridge } from '../../../src/models/baselines/ridge.js';
import { eveningOf, FIRST, LAST, smallConfig, SYMBOLS, TODAY, writeSmallMarket } from '../../pipeline/small-market.js';

const SETTINGS = ['forecast.model=own', 'training.features=[momentum, volatility]', 'training.residual=market', 'training.train=120', 'training.test=60', 'training.rank=true'];

/** The small market with what becomes known later than it is dated: the VIX of each day, and results that companies file late in the evening. */
export async function writeAuditedMarket(folder: string): Promise<string> {
  await writeSmallMarket(folder, { name: 'audited' });
  await withDuckDB((connection) => connection.run(`copy (select * from read_parquet(${fileLiteral(join(sampleFolder(), 'macro.parquet'))}) where series_id = 'VIX' and observation_date between date '2015-01-01' and date '${LAST}') to ${fileLiteral(join(folder, 'macro.parquet'))} (format parquet)`));
  const sessions = XNYS.sessions(FIRST, LAST);
  // a quarter of an hour after the decision: 23:45 in New York is 03:45 or 04:45 of the next day in UTC; one company a session, in turn
  const filings = sessions.flatMap((session, t) => (t % 3 === 0 ? [`${SYMBOLS[(t / 3) % SYMBOLS.length]},8-K,2.02,${new Date(Date.parse(`${session}T23:45:00-05:00`)).toISOString()}`] : []));
  await writeFile(join(folder, 'filings.csv'), ['symbol,form,item,filed_at', ...filings].join('\n'));
  const { datasets } = JSON.parse(await readFile(join(folder, 'source.json'), 'utf8')) as { datasets: Record<string, object> };
  const entry = (file: string): object => ({ file, source: 'made for audits', licence: 'none' });
  await writeFile(join(folder, 'source.json'), JSON.stringify({ name: 'audited', datasets: { ...datasets, macro: entry('macro.parquet'), filings: entry('filings.csv') } }));
  return folder;
}

export interface AuditedProject {
  readonly config: LoadedConfig;
  readonly lab: Lab;
  readonly audit: Audits<Lab>;
}

/** A project over a market of thirty names with a ridge regression that had learnt up to January 2018. */
export async function auditedProject(folder: string, data: string, set: readonly string[] = []): Promise<AuditedProject> {
  const config = await smallConfig(folder, data, [...SETTINGS, ...set]);
  const lab = await openConfigured(config, { clock: eveningOf(TODAY) });
  const model = await result(trainCheckpoint(lab, ridge({ penalty: 1 }), { settings: config.config.training, coverage: 0.8, start: '2016-09-01', end: '2018-01-10', context: { seed: 7, threads: 1, environment: {} } }));
  await writeModel(join(config.paths.models, 'own'), model);
  model.dispose();
  return { config, lab, audit: new Audits<Lab>(lab, (parts) => new Lab(parts)) };
}
