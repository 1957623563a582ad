import { toEpochDay, type IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { vintages, type VintageRow, type Vintages } from '../../table/vintages.js';
import { MACRO_SERIES, macroAvailableAt, macroSeries } from '../macro-lags.js';
import { codedText } from '../store/coded-text.js';
import { literal } from '../store/duckdb.js';
import type { Store } from '../store/store.js';

/**
 * Macro series as they were known; `period` is the observation date as stored.
 *
 * A value is known from the later of `available_at` and the lag table's session: a source that says nothing, or the observation
 * date, does not make it known sooner.
 *
 * @param seriesIds those wanted, or `all`: every stored one that may be a feature and has a lag
 * @param through the last session: nothing that was not known at its decision time is read
 * @returns by series, those without a value left out; without a macro dataset nothing
 * @throws DataError for a series that is banned or has no lag
 */
export async function readMacro(store: Store, seriesIds: readonly string[] | 'all', through: IsoDate): Promise<ReadonlyMap<string, Vintages>> {
  const ids = seriesIds === 'all' ? [...MACRO_SERIES.keys()].filter((id) => MACRO_SERIES.get(id)?.banned === undefined) : seriesIds;
  for (const id of ids) requireAllowed(id);
  return store.query(async (connection, manifest) => {
    const byId = new Map<string, VintageRow[]>();
    if (!manifest.datasets['macro']?.rows || ids.length === 0) return new Map<string, Vintages>();
    const last = toEpochDay(through);
    const from = `(select * from macro where value is not null and coalesce(available_at, observation_date) <= date '${through}' and series_id in (${ids.map(literal).join(', ')}))`;
    const { names, code } = await codedText(connection, from, 'series_id');
    const sql = `select ${code}, cast(observation_date - date '1970-01-01' as integer), cast(coalesce(available_at, observation_date) - date '1970-01-01' as integer), value from ${from} order by series_id, observation_date`;
    const [series = [], observed, available, value] = (await connection.runAndReadAll(sql)).getColumns() as number[][];
    for (let i = 0; i < series.length; i++) {
      const id = names[series[i]];
      const knownFrom = Math.max(available[i], macroAvailableAt(id, observed[i]));
      if (knownFrom > last) continue;
      const row = { knownFrom, period: observed[i], value: value[i] };
      const list = byId.get(id);
      if (list) list.push(row);
      else byId.set(id, [row]);
    }
    return new Map([...byId].map(([id, list]) => [id, vintages(list)]));
  });
}

function requireAllowed(id: string): void {
  const { banned } = macroSeries(id);
  if (banned !== undefined) throw new DataError(`expected a macro series that may be a feature, found "${id}": ${banned}`, { code: 'BANNED_SERIES', fields: { id } });
}
