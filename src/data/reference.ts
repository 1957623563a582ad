import { rows } from './store/duckdb.js';
import type { Store } from './store/store.js';

/** Name and last-known classification of a company. */
export interface Company {
  readonly symbol: string;
  readonly name: string;
  /** GICS, last known: not point in time. */
  readonly sector: string | null;
  readonly subIndustry: string | null;
}

/** The companies that the store knows, by instrument; none when it has no reference data. */
export async function readCompanies(store: Store): Promise<ReadonlyMap<string, Company>> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['reference']?.rows) return new Map();
    const found = await rows(connection, `select symbol, name, sector, sub_industry as "subIndustry" from reference order by symbol`);
    return new Map((found as unknown as Company[]).map((company) => [company.symbol, company]));
  });
}

/** Sector by instrument, of those that have one; last known, not point in time. */
export async function readSectors(store: Store): Promise<ReadonlyMap<string, string>> {
  const companies = await readCompanies(store);
  return new Map([...companies.values()].flatMap(({ symbol, sector }) => (sector === null ? [] : [[symbol, sector] as const])));
}
