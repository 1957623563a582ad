import type { Panel } from '../../../table/panel.js';
import { columnBars, part, walkBars, type SignalBars } from '../signal-bars.js';
import type { ColumnSignals } from '../walk-column.js';
import { MakerColumn } from './maker-column.js';
import { requireMakerParams, signalMaker } from './registry.js';
import type { MakerParams } from './signal-maker.js';

/**
 * Entries and exits that a registered maker says of each instrument, [symbol, session], as `runSignals` takes them.
 *
 * Known at the close of their session. A session without a close is none to it.
 * @param bars columns open, high, low and close
 * @throws ConfigError for a maker or parameters that are not known or out of bounds; InvariantError `BAD_BARS`
 */
export function makeSignals(bars: Panel | SignalBars, name: string, params: MakerParams): ColumnSignals {
  const maker = signalMaker(name);
  requireMakerParams(maker, params);
  const walked = walkBars(bars, true, 'makeSignals');
  const { columns, sessions } = walked;
  const signals = { entries: new Uint8Array(columns * sessions), exits: new Uint8Array(columns * sessions) };
  for (let column = 0; column < columns; column++) {
    new MakerColumn(columnBars(walked, column)).make(maker, params, { entries: part(signals.entries, column, sessions), exits: part(signals.exits, column, sessions) });
  }
  return signals;
}
