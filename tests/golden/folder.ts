import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

const FOLDERS = {
  golden: { variable: 'SWINGLAB_GOLDEN', usual: '../shared/golden', holds: 'reference values' },
  'real data': { variable: 'SWINGLAB_REALDATA', usual: '../shared/data', holds: 'real market data' },
} as const;

export type FolderName = keyof typeof FOLDERS;

/** The folder of reference values, or null when there is none. Throws when SWINGLAB_GOLDEN names a missing folder. */
export function goldenFolder(): string | null {
  return find('golden');
}

/** The folder of real market data, or null when there is none. Throws when SWINGLAB_REALDATA names a missing folder. */
export function realDataFolder(): string | null {
  return find('real data');
}

/** Prints why `suite` is skipped when the folder is absent; says nothing when it is there. */
export function printSkipReason(name: FolderName, suite: string): void {
  if (find(name) !== null) return;
  const { variable, usual, holds } = FOLDERS[name];
  process.stderr.write(`skipped "${suite}": no ${holds} at ${resolve(REPOSITORY, usual)}; set ${variable} to their folder\n`);
}

function find(name: FolderName): string | null {
  const { variable, usual } = FOLDERS[name];
  const named = process.env[variable];
  if (named === undefined || named === '') return existing(usual);
  const folder = existing(named);
  // A folder that someone asked for by name must not turn into a silent skip.
  if (folder === null) throw new Error(`expected a folder, found none at "${named}" from ${variable}`);
  return folder;
}

function existing(path: string): string | null {
  const folder = resolve(REPOSITORY, path);
  return existsSync(folder) ? folder : null;
}
