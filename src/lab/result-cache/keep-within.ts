import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { isTemporary } from '../../core/atomic-file.js';

/** Name of the file in an entry's folder. */
export const ENTRY_FILE = 'entry.bin';
/** A writer that has not moved its file into place within a day was killed. */
const ABANDONED_MS = 86_400_000;

interface KeptFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was last read or written, milliseconds since 1970. */
  readonly usedAt: number;
}

/** Files of all entries, `<root>/<kind>/<key>/entry.bin`. */
export async function listEntries(root: string): Promise<KeptFile[]> {
  const kinds = await folders(root);
  const keys = await Promise.all(kinds.map((kind) => folders(kind)));
  const files = await Promise.all(keys.flat().map((folder) => describe(join(folder, ENTRY_FILE))));
  return files.filter((file) => file !== null);
}

/** Removes what was used longest ago, until the entries have at most `maxBytes`; also what killed writers left in `root`. */
export async function keepWithin(root: string, maxBytes: number, now: number): Promise<void> {
  for (const name of (await readdir(root)).filter(isTemporary)) {
    const left = await describe(join(root, name));
    if (left !== null && now - left.usedAt > ABANDONED_MS) await rm(left.path, { force: true });
  }
  const entries = (await listEntries(root)).sort((a, b) => a.usedAt - b.usedAt || (a.path < b.path ? -1 : 1));
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of entries) {
    if (total <= maxBytes) return;
    await removeEntry(path);
    total -= bytes;
  }
}

/** Removes an entry with its folder; whoever reads it at the moment reads on. */
export async function removeEntry(path: string): Promise<void> {
  await rm(path, { force: true });
  await rmdir(dirname(path)).catch(() => undefined); // not empty when another process has just written there
}

async function folders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}

/** `null` where another process has removed it. */
async function describe(path: string): Promise<KeptFile | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : { path, bytes: found.size, usedAt: found.mtimeMs };
}
