import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { writeFileAtomic } from '../../data/store/atomic-file.js';
import type { FeatureUnit } from '../../features/feature.js';

/** Sessions that were computed in one go. */
export interface FeaturePart {
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** Array in NumPy's format, relative to the folder: Float32 [feature, symbol, session], in the order of the manifest. */
  readonly file: string;
  readonly sessions: readonly IsoDate[];
}

/** What lies in a folder of computed features. */
export interface FeatureManifest {
  readonly schemaVersion: 1;
  readonly features: readonly { readonly name: string; readonly unit: FeatureUnit; readonly lookback: number }[];
  readonly symbols: readonly string[];
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** Hash of what decides the values besides the data: features, settings, code. */
  readonly settingsHash: string;
  /** Hash of the data of all sessions up to `last`. */
  readonly inputHash: string;
  readonly parts: readonly FeaturePart[];
  /** Bars of the symbols in all parts: so many values each feature could have. */
  readonly values: number;
  /** Values that are missing where there is a bar, in the order of `features`. */
  readonly missing: readonly number[];
  /** Features whose inputs nobody had by the last session. */
  readonly absent: readonly { readonly feature: string; readonly inputs: readonly string[] }[];
}

const FILE = 'manifest.json';

/**
 * The manifest of a folder, `null` when there is none yet.
 * @throws DataError when it cannot be read
 */
export async function readFeatureManifest(folder: string): Promise<FeatureManifest | null> {
  const path = join(folder, FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DataError(`expected a readable file, found "${path}", which cannot be read`, { code: 'UNREADABLE_FILE', fields: { path }, cause: error });
  }
  try {
    const manifest = JSON.parse(text) as FeatureManifest;
    if (manifest.schemaVersion === 1) return manifest;
  } catch {
    // told below
  }
  throw new DataError(`expected the manifest of computed features in "${path}", found ${JSON.stringify(text.slice(0, 60))}; remove the folder and compute again`, { code: 'BAD_MANIFEST', fields: { path } });
}

/** From here on readers see the new parts. */
export async function writeFeatureManifest(folder: string, manifest: FeatureManifest): Promise<void> {
  await writeFileAtomic(join(folder, FILE), `${JSON.stringify(manifest, null, 1)}\n`);
}
