import type { SignalRules } from '../signals/signal-rules.js';
import type { MakerParams } from '../signals/makers/signal-maker.js';

/** Rules that travel between threads and stand for every instrument: levels are fractions of the entry price. */
export type GridRules = Omit<SignalRules, 'stop' | 'target' | 'trailing'> & { readonly [Name in 'stop' | 'target' | 'trailing']?: number | undefined };

/** One configuration of a grid. */
export interface GridCell {
  /** Name of a registered signal maker. */
  readonly maker: string;
  readonly params: MakerParams;
  /** Beside the rules of the grid, or in place of them. */
  readonly rules?: GridRules;
}

/** Every combination of the values of each parameter, the last one changing fastest, of which `keep` lets pass. */
export function gridCells(maker: string, axes: Readonly<Record<string, readonly number[]>>, { keep = () => true, rules }: { readonly keep?: (params: MakerParams) => boolean; readonly rules?: GridRules } = {}): GridCell[] {
  let combinations: MakerParams[] = [{}];
  for (const [name, values] of Object.entries(axes)) combinations = combinations.flatMap((params) => values.map((value) => ({ ...params, [name]: value })));
  return combinations.filter((params) => keep(params)).map((params) => ({ maker, params, ...(rules && { rules }) }));
}
