import { glob, mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { literal, openDuckDB, parquetTable, rows, withDuckDB } from '../../../src/data/store/duckdb.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'swinglab-engine-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const threadsOf = async (found: Awaited<ReturnType<typeof openDuckDB>>): Promise<unknown> => (await rows(found.connection, `select current_setting('threads') as threads`))[0]['threads'];

describe('users of the engine', () => {
  it('do not see each other’s tables, at the same time or one after the other', async () => {
    const [one, other] = await Promise.all([openDuckDB(), openDuckDB()]);
    await one.connection.run('create temp table mine as select 1 as n');
    await other.connection.run('create temp table mine as select 2 as n');
    expect([await rows(one.connection, 'from mine'), await rows(other.connection, 'from mine')]).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    one.close();
    expect(await rows(other.connection, 'from mine')).toEqual([{ n: 2 }]);
    other.close();
    await expect(withDuckDB((connection) => rows(connection, 'from mine'))).rejects.toThrow('mine does not exist');
  });

  it('make nothing that others could see', async () => {
    const made: string[] = [];
    for await (const file of glob('src/**/*.ts', { exclude: (name) => name.includes('tensor') })) {
      const source = await readFile(file, 'utf8');
      for (const [statement] of source.matchAll(/[`'"(]create (or replace )?(temp )?(table|view|type|macro|function|sequence|schema|index) /g)) made.push(statement.slice(1));
    }
    expect(made.length).toBeGreaterThan(5);
    expect(made.filter((statement) => !statement.includes('temp '))).toEqual([]);
  });

  it('count time in UTC, each anew', async () => {
    await withDuckDB((connection) => connection.run(`set TimeZone = 'Asia/Tokyo'`));
    expect(await withDuckDB((connection) => rows(connection, `select current_setting('TimeZone') as zone`))).toEqual([{ zone: 'UTC' }]);
  });

  it('with wishes of their own have an engine of their own', async () => {
    const [common, own] = [await openDuckDB(), await openDuckDB({ threads: 1 })];
    expect([await threadsOf(common), await threadsOf(own)]).toEqual([2, 1]);
    own.close();
    expect(await threadsOf(common)).toBe(2);
    common.close();
  });

  it('read a file as it is now, also when it was written anew within the same second', async () => {
    const path = join(folder, 'numbers.parquet');
    const write = (n: number): Promise<unknown> => withDuckDB((connection) => connection.run(`copy (select ${n} as n) to ${literal(path)} (format parquet)`));
    const seen: unknown[] = [];
    for (const n of [3, 4]) {
      await write(n);
      await utimes(path, 1_500_000_000, 1_500_000_000);
      seen.push(...(await withDuckDB((connection) => rows(connection, `from ${parquetTable(path)}`))));
    }
    expect(seen).toEqual([{ n: 3 }, { n: 4 }]);
  });
});
