import { join } from 'node:path';

import { toEpochDay, type IsoDate } from '../../core/dates.js';
import { XNYS } from '../../core/calendar.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { fileError, identifier, literal, parquetTable, withDuckDB } from '../../data/store/duckdb.js';
import { scatterPanel } from '../../data/store/scatter.js';
import type { Panel } from '../../table/panel.js';
import { readFeatureManifest } from './manifest.js';

export interface FeatureFilesSelection {
  /** All when absent. */
  readonly features?: readonly string[];
  readonly symbols?: readonly string[];
  readonly start?: IsoDate;
  readonly end?: IsoDate;
}

/**
 * Computed features as a panel of Float32 columns [symbol, session].
 * @throws DataError when the folder holds none; ConfigError for a feature or symbol that was not computed
 */
export async function readFeatureFiles(folder: string, selection: FeatureFilesSelection = {}): Promise<Panel> {
  const manifest = await readFeatureManifest(folder);
  if (manifest === null) throw new DataError(`expected computed features in "${folder}", found none; make them with: swing features compute`, { code: 'NO_FEATURES', fields: { folder } });
  const names = among('feature', selection.features, manifest.features.map(({ name }) => name));
  const symbols = [...among('symbol', selection.symbols, manifest.symbols)].sort();
  const start = selection.start ?? manifest.first;
  const end = selection.end ?? manifest.last;
  const files = manifest.parts.flatMap((part) => (part.first <= end && part.last >= start ? part.files.map((file) => join(folder, file)) : []));
  const sessions = XNYS.sessionDays(toEpochDay(start), toEpochDay(end));
  const from = `(select * from ${parquetTable(...files)} where session between ${literal(start)} and ${literal(end)} and symbol in (${symbols.map(literal).join(', ')}))`;
  return withDuckDB(async (connection) => {
    try {
      return await scatterPanel(connection, { from, symbol: 'symbol', session: 'session', columns: Object.fromEntries(names.map((name) => [name, identifier(name)])), float32: true }, { symbols, sessions });
    } catch (error) {
      throw fileError(folder, 'computed features', error);
    }
  });
}

function among(what: string, wanted: readonly string[] | undefined, held: readonly string[]): readonly string[] {
  const unknown = (wanted ?? []).filter((name) => !held.includes(name));
  if (unknown.length > 0) throw new ConfigError(`expected a ${what} that was computed, found ${unknown.map((name) => `"${name}"`).join(', ')}`, { code: 'NOT_COMPUTED', fields: { unknown } });
  return wanted ?? held;
}
