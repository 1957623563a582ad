import type { Panel } from '../../table/panel.js';
import type { RawFinding } from './finding.js';
import { barColumns, type BarColumn } from './series.js';

export type Bars = Readonly<Record<BarColumn, Float64Array>>;

/** What is wrong with one bar, seen in the bar itself. */
export interface BarFault {
  readonly detail: string;
  readonly value: number;
}

/** Findings about single bars that need nothing but the bar: known at its own session. `check` gets the cell of a bar. */
export function findInBars(panel: Panel, check: (bars: Bars, cell: number) => BarFault | null): RawFinding[] {
  const bars = barColumns(panel);
  const width = panel.sessions.length;
  const findings: RawFinding[] = [];
  for (let row = 0, cell = 0; row < panel.symbols.length; row++) {
    for (let t = 0; t < width; t++, cell++) {
      const fault = check(bars, cell);
      if (fault) findings.push({ row, from: t, to: t, knownAt: t, ...fault });
    }
  }
  return findings;
}

/** Whether a cell holds no price at all. */
export function isEmpty({ open, high, low, close }: Bars, cell: number): boolean {
  // a number that equals itself is not NaN
  return !(close[cell] === close[cell] || open[cell] === open[cell] || high[cell] === high[cell] || low[cell] === low[cell]);
}
