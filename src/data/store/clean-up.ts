import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { isTemporary } from '../../core/atomic-file.js';
import type { Manifest } from './manifest.js';

/** Where the engine spills while a commit is on, relative to the store. */
export const SPILL_FOLDER = 'spill';

/** Names that only the store gives; anything else in its folder belongs to somebody else and stays. */
const PARTITION = /^(\d{4}(-\d{2}-\d{2})?|all)-[\da-f]{16}\.parquet$/;

/**
 * Removes partitions that neither manifest names, and what writers left that were killed.
 *
 * The manifest before the current one is spared, so that a reader that started before the last commit finds its files.
 * Call only while holding the store's lock.
 */
export async function cleanUp(folder: string, current: Manifest, previous: Manifest): Promise<void> {
  const named = new Set([current, previous].flatMap((manifest) => Object.values(manifest.datasets).flatMap((dataset) => dataset.partitions.map(({ path }) => path))));
  await rm(join(folder, SPILL_FOLDER), { recursive: true, force: true });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile() && isTemporary(entry.name)) await rm(join(folder, entry.name), { force: true });
    if (!entry.isDirectory()) continue;
    for (const file of await readdir(join(folder, entry.name))) {
      const unnamed = PARTITION.test(file) && !named.has(`${entry.name}/${file}`);
      if (unnamed || isTemporary(file)) await rm(join(folder, entry.name, file), { force: true });
    }
  }
}
