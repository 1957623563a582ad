import type { DuckDBConnection } from '@duckdb/node-api';

import type { DatasetSchema } from '../datasets.js';
import { identifier, rows } from './duckdb.js';
import type { ImportFinding } from './manifest.js';

/** What to do with rows of one key that contradict each other: set all of them aside, or keep the one delivered last. */
export type DuplicatePolicy = 'mask' | 'repair';

/** Reduces the staged rows to one a key and says what it found; contradicting rows go to `rejected` under `mask`. */
export async function resolveDuplicates(connection: DuckDBConnection, schema: DatasetSchema, policy: DuplicatePolicy): Promise<ImportFinding[]> {
  const key = schema.key.map(identifier).join(', ');
  const shown = schema.key.map((name) => `cast(${identifier(name)} as varchar)`).join(` || ' ' || `);
  await connection.run(`create or replace temp table repeated as select ${key}, count(*) as copies, max(rowid) as latest from staged group by ${key} having count(*) > 1`);
  const repeated = Number((await rows(connection, 'select count(*) as n from repeated'))[0]['n']);
  if (repeated === 0) return [];
  const columns = Object.keys(schema.fields).map(identifier).join(', ');
  const sameKey = schema.key.map((name) => `r.${identifier(name)} is not distinct from s.${identifier(name)}`).join(' and ');
  await connection.run(`create or replace temp table contradicting as select ${key} from (select distinct ${columns} from (select s.* from staged s join repeated r on ${sameKey})) group by ${key} having count(*) > 1`);
  const contradictory = Number((await rows(connection, 'select count(*) as n from contradicting'))[0]['n']);
  const examples = async (table: string): Promise<string[]> => (await rows(connection, `select ${shown} as example from ${table} order by 1 limit 5`)).map((row) => String(row['example']));
  const findings: ImportFinding[] = [];
  if (repeated > contradictory) findings.push({ rule: 'duplicate-row', policy: 'repair', count: repeated - contradictory, examples: await examples(`(select * from repeated r where not exists (select 1 from contradicting s where ${sameKey}))`) });
  if (contradictory > 0) {
    findings.push({ rule: 'duplicate-bar', policy, count: contradictory, examples: await examples('contradicting') });
    const among = `exists (select 1 from contradicting r where ${schema.key.map((name) => `r.${identifier(name)} is not distinct from staged.${identifier(name)}`).join(' and ')})`;
    if (policy === 'mask') {
      await connection.run(`insert into rejected select *, 'one row a key' from staged where ${among}`);
      await connection.run(`delete from staged where ${among}`);
    }
  }
  await connection.run(`delete from staged where exists (select 1 from repeated r where ${schema.key.map((name) => `r.${identifier(name)} is not distinct from staged.${identifier(name)}`).join(' and ')} and staged.rowid <> r.latest)`);
  return findings;
}
