import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What a store holds, without what differs from run to run (times, the count of commits). */
export type StoreState = Readonly<Record<string, { readonly rows: number; readonly contentHash: string; readonly files: readonly string[] }>>;

interface Named {
  readonly datasets: Readonly<Record<string, { readonly rows: number; readonly contentHash: string; readonly partitions: readonly { readonly path: string; readonly sha256: string }[] }>>;
}

/**
 * Reads a store as somebody would who knows only its documentation: the manifest, then every file that it names.
 * Throws when the manifest is no JSON, or a file is missing or not what the manifest says; `null` when there is none.
 */
export async function readState(store: string): Promise<StoreState | null> {
  const text = await readFile(join(store, 'manifest.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const { datasets } = JSON.parse(text) as Named;
  const state: Record<string, StoreState[string]> = {};
  for (const [name, { rows, contentHash, partitions }] of Object.entries(datasets)) {
    for (const { path, sha256 } of partitions) {
      const found = hash(await readFile(join(store, path)));
      if (found !== sha256) throw new Error(`"${path}" has sha256 ${found}, the manifest says ${sha256}`);
    }
    state[name] = { rows, contentHash, files: partitions.map(({ path }) => path).sort() };
  }
  return state;
}

/** Every file below a folder with the hash of its bytes, by path. */
export async function hashTree(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = await Promise.all(paths.map(async (path) => [relative(folder, path), hash(await readFile(path))] as const));
  return Object.fromEntries(hashes.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The files that stand in a store of this state and nothing else. */
export function filesOf(state: StoreState): string[] {
  return [...Object.values(state).flatMap(({ files }) => files), 'manifest.json', 'store.lock'].sort();
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
