import type { Rng } from '../core/rng.js';
import { mean } from '../math/stats.js';
import type { RankCorrelation } from './rank-correlation.js';
import type { SectorEvaluation } from './score-evaluation.js';
import type { SessionSlice } from './session-slice.js';
import { summarizeSeries } from './summarize-series.js';

/** A rank correlation of fewer names says next to nothing. */
const MIN_NAMES = 5;

/** Rank correlation of scores and labels within each sector, session after session. */
export class SectorCorrelations {
  readonly #sectors: readonly { sector: string; rows: Int32Array; correlations: Float64Array; names: Float64Array }[];

  /** @param sectors sector by symbol; symbols without one count in none */
  constructor(symbols: readonly string[], sectors: ReadonlyMap<string, string>, sessions: number) {
    const series = (): Float64Array => new Float64Array(sessions).fill(Number.NaN);
    const present = [...new Set(symbols.flatMap((symbol) => sectors.get(symbol) ?? []))].sort();
    this.#sectors = present.map((sector) => ({ sector, rows: Int32Array.from(symbols.keys()).filter((row) => sectors.get(symbols[row]) === sector), correlations: series(), names: series() }));
  }

  add({ t, scoreRanks, labelRanks }: SessionSlice, ranks: RankCorrelation): void {
    for (const { rows, correlations, names } of this.#sectors) {
      const shared = ranks.of(scoreRanks, labelRanks, rows);
      if (shared.names < MIN_NAMES || shared.correlation === null) continue;
      correlations[t] = shared.correlation;
      names[t] = shared.names;
    }
  }

  /** By name; sectors that never had names enough are left out. */
  evaluate({ horizon, rng }: { horizon: number; rng: Rng }): readonly SectorEvaluation[] {
    return this.#sectors
      .map(({ sector, correlations, names }) => ({ sector, names: mean(names.filter((count) => count > 0)), rankIc: summarizeSeries(correlations, { horizon, rng: rng.fork(sector) }) }))
      .filter(({ rankIc }) => rankIc.sessions > 0);
  }
}
