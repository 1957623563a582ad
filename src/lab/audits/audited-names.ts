import type { IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { Rng } from '../../core/rng.js';
import { rows } from '../../data/store/duckdb.js';
import type { AuditedLab } from './audited-lab.js';

/**
 * The instruments that an audit looks at: those asked for, else some of those that were members and have bars, drawn at random, also such as have left.
 * @throws ConfigError `NO_BARS` when there are none
 */
export async function auditedNames(lab: AuditedLab, { symbols, count, first, last, rng }: { readonly symbols?: readonly string[]; readonly count: number; readonly first: IsoDate; readonly last: IsoDate; readonly rng: Rng }): Promise<string[]> {
  if (symbols !== undefined) return [...symbols].sort();
  const universe = await lab.universe();
  const held = new Set(await lab.store.query(async (connection) => (await rows(connection, 'select distinct symbol from bars')).map((row) => String(row['symbol']))));
  const names = universe.membersDuring(first, last).filter((symbol) => held.has(symbol));
  if (names.length === 0) throw new ConfigError(`expected bars of members of "${universe.name}" between ${first} and ${last}, found none`, { code: 'NO_BARS' });
  return rng.shuffle(names).slice(0, count).sort();
}
