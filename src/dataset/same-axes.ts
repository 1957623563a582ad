import { fromEpochDay } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import type { Panel } from '../table/panel.js';

/** @throws InvariantError when two panels differ in symbols or sessions */
export function requireSameAxes(features: Panel, labels: Panel): void {
  if (features.symbols.length !== labels.symbols.length || features.sessions.length !== labels.sessions.length) {
    const axes = ({ symbols, sessions }: Panel): string => `${symbols.length} symbols and ${sessions.length} sessions`;
    throw new InvariantError(`expected features over the labels' ${axes(labels)}, found ${axes(features)}`, { code: 'DIFFERENT_AXES' });
  }
  const row = features.symbols.findIndex((symbol, i) => symbol !== labels.symbols[i]);
  if (row >= 0) throw new InvariantError(`expected features over the labels' symbols, found "${features.symbols[row]}" instead of "${labels.symbols[row]}" at row ${row}`, { code: 'DIFFERENT_AXES' });
  const t = features.sessions.findIndex((day, i) => day !== labels.sessions[i]);
  if (t >= 0) throw new InvariantError(`expected features over the labels' sessions, found ${fromEpochDay(features.sessions[t])} instead of ${fromEpochDay(labels.sessions[t])} at position ${t}`, { code: 'DIFFERENT_AXES' });
}
