import type { IsoDate } from '../../core/dates.js';
import { readFolderManifest } from '../../data/store/folder-manifest.js';
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

/** The manifest of a folder, `null` when there is none yet. */
export const readFeatureManifest = (folder: string): Promise<FeatureManifest | null> => readFolderManifest<FeatureManifest>(folder, { what: 'computed features', remedy: 'compute again' });
