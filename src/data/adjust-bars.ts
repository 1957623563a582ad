import { Panel } from '../table/panel.js';
import { factorsFromActions, factorsFromAdjustedClose, type CorporateAction } from './adjust.js';
import type { PriceBasis } from './provider.js';

/**
 * Stored bars as total-return bars on the basis of the panel's last session.
 *
 * @param stored columns open, high, low, close, volume, adjusted_close as delivered
 * @param actions splits and dividends by instrument; used for raw bars only
 * @returns columns open, high, low, close, volume, quotedOpen, quotedHigh, quotedLow, quotedClose, tradedValue
 */
export function adjustBars(stored: Panel, basis: PriceBasis, actions: ReadonlyMap<string, readonly CorporateAction[]>): Panel {
  const names = ['open', 'high', 'low', 'close', 'volume'] as const;
  const columns = Object.fromEntries(names.map((name) => [name, stored.column(name).slice() as Float64Array]));
  const width = stored.sessions.length;
  const tradedValue = new Float64Array(stored.symbols.length * width);
  stored.symbols.forEach((symbol, row) => {
    const close = stored.series('close', symbol) as Float64Array;
    const volume = stored.series('volume', symbol);
    for (let t = 0; t < width; t++) tradedValue[row * width + t] = close[t] * volume[t];
    const { price, split } =
      basis === 'raw'
        ? factorsFromActions(stored.sessions, close, actions.get(symbol) ?? [])
        : { price: basis === 'split-adjusted' ? factorsFromAdjustedClose(close, stored.series('adjusted_close', symbol) as Float64Array) : null, split: null };
    for (const name of names) scale(columns[name].subarray(row * width, (row + 1) * width), name === 'volume' ? split : price, name === 'volume');
  });
  return new Panel({ symbols: stored.symbols, sessions: stored.sessions, columns: { ...columns, quotedOpen: stored.column('open'), quotedHigh: stored.column('high'), quotedLow: stored.column('low'), quotedClose: stored.column('close'), tradedValue } });
}

function scale(values: Float64Array, factors: Float64Array | null, divide: boolean): void {
  if (factors === null) return;
  for (let t = 0; t < values.length; t++) values[t] = divide ? values[t] / factors[t] : values[t] * factors[t];
}
