import { sharedFloat64, sharedInt32 } from '../../dataset/shared-array.js';
import { Panel } from '../../table/panel.js';
import type { Scores } from '../research/scores.js';

/** Scores that threads read without a copy. */
export type SharedScores = Omit<Scores, 'panel'> & { readonly symbols: readonly string[]; readonly sessions: Int32Array; readonly columns: Readonly<Record<string, Float64Array>> };

export function shareScores({ panel, ...facts }: Scores): SharedScores {
  const sessions = sharedInt32(panel.sessions.length);
  sessions.set(panel.sessions);
  const columns = Object.fromEntries(panel.columnNames.map((name) => {
    const column = sharedFloat64(panel.symbols.length * panel.sessions.length);
    column.set(panel.column(name));
    return [name, column];
  }));
  return { ...facts, symbols: panel.symbols, sessions, columns };
}

export function scoresFrom({ symbols, sessions, columns, ...facts }: SharedScores): Scores {
  return { ...facts, panel: new Panel({ symbols, sessions, columns }) };
}
