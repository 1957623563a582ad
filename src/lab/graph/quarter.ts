import { hashParts } from '../../core/hash.js';
import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import { quarterOf } from '../../graph/correlation-days.js';
import type { GraphInputs } from '../../graph/graph-inputs.js';

/** The sessions of a quarter that are computed and kept together: each day follows from the one before it, the first is computed anew. */
export interface Quarter {
  /** `2018-q1` */
  readonly name: string;
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** Positions in the inputs, both inclusive. */
  readonly from: number;
  readonly to: number;
}

/** The quarters of the inputs' sessions from `start` on. */
export function quartersFrom({ sessions }: GraphInputs, start: IsoDate): Quarter[] {
  const quarters: Quarter[] = [];
  const first = sessions.findIndex((day) => fromEpochDay(day) >= start);
  for (let to = sessions.length - 1; first >= 0 && to >= first; ) {
    const name = quarterOf(sessions[to]);
    let from = to;
    while (from > first && quarterOf(sessions[from - 1]) === name) from--;
    quarters.unshift({ name, first: fromEpochDay(sessions[from]), last: fromEpochDay(sessions[to]), from, to });
    to = from - 1;
  }
  return quarters;
}

/**
 * Hash of everything that the graphs of a quarter are computed from: equal hashes, equal graphs.
 *
 * Returns count with the precision of float32: a new dividend rescales the prices of an instrument's whole past, which
 * moves the last bits of its returns and must not make every graph be computed again.
 */
export function quarterHash({ symbols, sessions, returns, member, suspect, priced, sectors }: GraphInputs, { from, to }: Quarter, window: number): string {
  const width = sessions.length;
  const start = from - window + 1;
  const parts: (string | ArrayBufferView)[] = [sessions.slice(start, to + 1)];
  symbols.forEach((symbol, row) => {
    const membership = member?.subarray(row * width + from, row * width + to + 1);
    if (membership && !membership.includes(1)) return;
    parts.push(symbol, sectors?.get(symbol) ?? '', Float32Array.from(returns.subarray(row * width + start, row * width + to + 1)), membership ?? '', suspect?.subarray(row * width + start, row * width + to + 1) ?? '', priced?.subarray(row * width + start, row * width + to + 1) ?? '');
  });
  return hashParts(parts);
}
