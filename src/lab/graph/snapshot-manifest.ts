import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { writeFileAtomic } from '../../data/store/atomic-file.js';

/** Files of a quarter, relative to the folder. */
export interface QuarterFiles {
  readonly edges: string;
  readonly nodes: string;
  readonly days: string;
}

export interface QuarterEntry {
  readonly first: IsoDate;
  readonly last: IsoDate;
  readonly sessions: number;
  /** Hash of what the graphs were computed from. */
  readonly inputHash: string;
  readonly files: QuarterFiles;
}

/** What lies in a folder of graphs of one configuration. */
export interface SnapshotManifest {
  readonly schemaVersion: 1;
  /** What the folder's name is the hash of. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly quarters: Readonly<Record<string, QuarterEntry>>;
}

const FILE = 'manifest.json';

/**
 * The manifest of a folder, `null` when there is none yet.
 * @throws DataError when it cannot be read
 */
export async function readSnapshotManifest(folder: string): Promise<SnapshotManifest | null> {
  const path = join(folder, FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DataError(`expected a readable file, found "${path}", which cannot be read`, { code: 'UNREADABLE_FILE', fields: { path }, cause: error });
  }
  try {
    const manifest = JSON.parse(text) as SnapshotManifest;
    if (manifest.schemaVersion === 1) return manifest;
  } catch {
    // told below
  }
  throw new DataError(`expected the manifest of graphs in "${path}", found ${JSON.stringify(text.slice(0, 60))}; remove the folder and build again`, { code: 'BAD_MANIFEST', fields: { path } });
}

/** From here on readers see the new quarters. */
export async function writeSnapshotManifest(folder: string, manifest: SnapshotManifest): Promise<void> {
  await writeFileAtomic(join(folder, FILE), `${JSON.stringify(manifest, null, 1)}\n`);
}
