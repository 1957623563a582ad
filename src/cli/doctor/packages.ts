import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { PACKAGE_ROOT } from '../package-root.js';

export interface InstalledPackage {
  /** Folder of the package. */
  readonly folder: string;
  readonly version: string;
}

/** A package as code in one of the folders, or else swinglab itself, would find it; `null` when it is not installed. */
export async function findPackage(name: string, folders: readonly string[]): Promise<InstalledPackage | null> {
  for (const base of [...folders, PACKAGE_ROOT]) {
    // Not `require.resolve`: a package need not export its package.json.
    for (const folder of createRequire(join(base, 'package.json')).resolve.paths(name) ?? []) {
      const text = await readFile(join(folder, name, 'package.json'), 'utf8').catch(() => null);
      if (text !== null) return { folder: join(folder, name), version: String((JSON.parse(text) as { version?: unknown }).version) };
    }
  }
  return null;
}
