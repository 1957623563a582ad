import { fromEpochDay } from '../../core/dates.js';
import { formatCount } from '../../report/format.js';
import { Panel } from '../../table/panel.js';
import { MAX_ROWS } from '../max-rows.js';
import type { Form } from './form.js';

/** The last session of a panel, one row a symbol. */
export const panelForm: Form = (value) => {
  if (!(value instanceof Panel)) return null;
  const { symbols, sessions, columnNames } = value;
  const last = sessions.length - 1;
  const span = last < 0 ? 'no sessions' : `${fromEpochDay(sessions[0])} to ${fromEpochDay(sessions[last])}; values of the last session`;
  const rows = symbols.slice(0, MAX_ROWS).map((symbol) => [symbol, ...columnNames.map((name) => (last < 0 ? null : value.series(name, symbol)[last]))]);
  return { tables: [{ caption: `${formatCount(symbols.length, 'symbol')} × ${formatCount(sessions.length, 'session')}, ${span}`, columns: ['symbol', ...columnNames], rows, total: symbols.length }] };
};
