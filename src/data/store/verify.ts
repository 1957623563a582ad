import { join } from 'node:path';

import { DataError } from '../../core/errors.js';
import { hashFile } from '../../core/hash.js';
import { RECORDS } from '../records.js';
import type { Manifest, PartitionEntry } from './manifest.js';

/** The first file of these datasets (all when absent) that is missing or not what the manifest says; `null` when there is none. */
export async function findDamage(folder: string, { datasets }: Manifest, names: readonly string[] = Object.keys(datasets)): Promise<DataError | null> {
  for (const name of names) {
    for (const partition of datasets[name]?.partitions ?? []) {
      const damage = await damageOf(folder, name, partition);
      if (damage) return damage;
    }
  }
  return null;
}

/** What is wrong with a file of the store, `null` when it is what the manifest says. */
export async function damageOf(folder: string, dataset: string, { path, sha256 }: PartitionEntry): Promise<DataError | null> {
  const mend = dataset in RECORDS ? 'restore it from a backup' : `import "${dataset}" again with --mode replace`;
  try {
    const found = await hashFile(join(folder, path));
    if (found === sha256) return null;
    return new DataError(`expected sha256 ${sha256.slice(0, 12)}…, found ${found.slice(0, 12)}… in "${path}" of the store "${folder}": the file was changed behind the store's back; ${mend}`, { code: 'HASH_MISMATCH', fields: { path } });
  } catch (cause) {
    return new DataError(`expected the file "${path}" of "${dataset}" in the store "${folder}", found none that can be read; ${mend}`, { code: 'MISSING_FILE', fields: { path }, cause });
  }
}
