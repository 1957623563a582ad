import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sha256 } from './hash.js';

const CODE_FILE = /\.(js|ts)$/;
let known: Promise<string> | null = null;

/** Hash of the code that runs: results of other code are not reused. */
export function codeFingerprint(): Promise<string> {
  known ??= hashFolder(fileURLToPath(new URL('..', import.meta.url)));
  return known;
}

async function hashFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && CODE_FILE.test(entry.name) && !entry.name.endsWith('.d.ts')).map((entry) => join(entry.parentPath, entry.name)).sort();
  const hashes = await Promise.all(files.map(async (file) => `${relative(folder, file)}:${sha256(await readFile(file))}`));
  return sha256(hashes.join('\n'));
}
