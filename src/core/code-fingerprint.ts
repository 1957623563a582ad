import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sha256 } from './hash.js';

const CODE_FILE = /\.(js|ts)$/;
const known = new Map<string, Promise<string>>();

/**
 * Hash of the code that runs, of all of it or of some folders: results of other code are not reused.
 * @param folders below the root of the code, such as `data/store`
 */
export function codeFingerprint(folders: readonly string[] = ['']): Promise<string> {
  const key = [...folders].sort().join('\n');
  const before = known.get(key);
  if (before !== undefined) return before;
  const hash = hashFolders(fileURLToPath(new URL('..', import.meta.url)), folders);
  known.set(key, hash);
  return hash;
}

async function hashFolders(root: string, folders: readonly string[]): Promise<string> {
  const entries = (await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })))).flat();
  const files = entries.filter((entry) => entry.isFile() && CODE_FILE.test(entry.name) && !entry.name.endsWith('.d.ts')).map((entry) => join(entry.parentPath, entry.name)).sort();
  const hashes = await Promise.all(files.map(async (file) => `${relative(root, file)}:${sha256(await readFile(file))}`));
  return sha256(hashes.join('\n'));
}
