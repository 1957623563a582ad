import { toEpochDay, type IsoDate } from '../../core/dates.js';
import type { CorporateAction } from '../adjust.js';
import { literal, rows } from './duckdb.js';
import type { Store } from './store.js';

/** Splits and dividends with an ex-date up to `asOf` and known by then, by instrument, ordered by ex-date. */
export async function readActions(store: Store, symbols: readonly string[], asOf: IsoDate): Promise<Map<string, CorporateAction[]>> {
  return store.query(async (connection, manifest) => {
    const byInstrument = new Map<string, CorporateAction[]>();
    if (!manifest.datasets['actions']?.rows || symbols.length === 0) return byInstrument;
    const found = await rows(
      connection,
      `select symbol, cast(ex_date as varchar) as ex, kind, value from actions
       where ex_date <= date '${asOf}' and coalesce(available_at, ex_date) <= date '${asOf}' and symbol in (${symbols.map(literal).join(', ')})
       order by symbol, ex_date, kind`,
    );
    for (const { symbol, ex, kind, value } of found as { symbol: string; ex: IsoDate; kind: CorporateAction['kind']; value: number }[]) {
      const action: CorporateAction = { exDay: toEpochDay(ex), kind, value };
      const list = byInstrument.get(symbol);
      if (list) list.push(action);
      else byInstrument.set(symbol, [action]);
    }
    return byInstrument;
  });
}
