import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Manifest } from './manifest.js';

/**
 * Removes files that neither manifest names, and temporary files of writers that were killed.
 *
 * The manifest before the current one is spared, so that a reader that started before the last commit finds its files.
 * Call only while holding the store's lock.
 */
export async function cleanUp(folder: string, current: Manifest, previous: Manifest): Promise<void> {
  const named = new Set([current, previous].flatMap((manifest) => Object.values(manifest.datasets).flatMap((dataset) => dataset.partitions.map(({ path }) => path))));
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile() && entry.name.startsWith('manifest.json.') && entry.name.endsWith('.tmp')) await rm(join(folder, entry.name), { force: true });
    if (!entry.isDirectory() || entry.name === 'quarantine') continue;
    for (const file of await readdir(join(folder, entry.name))) {
      const stale = file.endsWith('.parquet') ? !named.has(`${entry.name}/${file}`) : file.endsWith('.tmp');
      if (stale) await rm(join(folder, entry.name, file), { force: true });
    }
  }
}
