import type { IsoDate } from '../../core/dates.js';
import { readFolderManifest } from '../../data/store/folder-manifest.js';

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

/** The manifest of a folder, `null` when there is none yet. */
export const readSnapshotManifest = (folder: string): Promise<SnapshotManifest | null> => readFolderManifest<SnapshotManifest>(folder, { what: 'graphs', remedy: 'build again' });
