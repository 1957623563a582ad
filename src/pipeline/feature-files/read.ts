import { join } from 'node:path';

import { isoDate, toEpochDay } from '../../core/dates.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { Panel } from '../../table/panel.js';
import { readFeatureManifest, type FeatureManifest, type FeaturePart } from './manifest.js';
import { NpyReader } from './npy.js';

export interface FeatureFilesSelection {
  /** All when absent. */
  readonly features?: readonly string[];
  readonly symbols?: readonly string[];
  /** yyyy-mm-dd, inclusive. */
  readonly start?: string;
  readonly end?: string;
}

/**
 * Computed features as a panel of Float32 columns [symbol, session]; only those asked for are read.
 * @throws DataError when the folder holds none, or a file is damaged; ConfigError for a feature or symbol that was not computed
 */
export async function readFeatureFiles(folder: string, selection: FeatureFilesSelection = {}): Promise<Panel> {
  const manifest = await readFeatureManifest(folder);
  if (manifest === null) throw new DataError(`expected computed features in "${folder}", found none; make them with: swing features compute`, { code: 'NO_FEATURES', fields: { folder } });
  const names = among('feature', selection.features, manifest.features.map(({ name }) => name));
  const symbols = [...among('symbol', selection.symbols, manifest.symbols)].sort();
  const { start, end } = { start: isoDate(selection.start ?? manifest.first, 'start'), end: isoDate(selection.end ?? manifest.last, 'end') };
  if (start > end || start > manifest.last || end < manifest.first) throw new ConfigError(`expected sessions between ${manifest.first} and ${manifest.last}, found ${start} to ${end}`, { code: 'NOT_COMPUTED', fields: { start, end } });
  const sessions = manifest.parts.flatMap((part) => part.sessions.filter((session) => session >= start && session <= end));
  const columns = Object.fromEntries(names.map((name) => [name, new Float32Array(symbols.length * sessions.length)]));
  let offset = 0;
  for (const part of manifest.parts) {
    const span = part.sessions.flatMap((session, t) => (session >= start && session <= end ? [t] : []));
    if (span.length === 0) continue;
    await readPart(folder, manifest, { part, names, symbols, from: span[0], length: span.length, columns, offset, width: sessions.length });
    offset += span.length;
  }
  return new Panel({ symbols, sessions: Int32Array.from(sessions, toEpochDay), columns });
}

interface PartRequest {
  readonly part: FeaturePart;
  readonly names: readonly string[];
  readonly symbols: readonly string[];
  /** First session of the part that is wanted, and how many. */
  readonly from: number;
  readonly length: number;
  /** Where they go: [symbol, width], from `offset` on. */
  readonly columns: Readonly<Record<string, Float32Array>>;
  readonly offset: number;
  readonly width: number;
}

async function readPart(folder: string, { features, symbols: held }: FeatureManifest, { part, names, symbols, from, length, columns, offset, width }: PartRequest): Promise<void> {
  const kept = part.sessions.length;
  const rows = symbols.map((symbol) => held.indexOf(symbol));
  const array = await NpyReader.open(join(folder, part.file), [features.length, held.length, kept]);
  try {
    const block = new Float32Array(held.length * kept);
    for (const name of names) {
      await array.read(features.findIndex((feature) => feature.name === name) * block.length, block);
      rows.forEach((row, i) => columns[name].set(block.subarray(row * kept + from, row * kept + from + length), i * width + offset));
    }
  } finally {
    await array.close();
  }
}

function among(what: string, wanted: readonly string[] | undefined, held: readonly string[]): readonly string[] {
  const unknown = (wanted ?? []).filter((name) => !held.includes(name));
  if (unknown.length > 0) throw new ConfigError(`expected a ${what} that was computed, found ${unknown.map((name) => `"${name}"`).join(', ')}`, { code: 'NOT_COMPUTED', fields: { unknown } });
  return wanted ?? held;
}
