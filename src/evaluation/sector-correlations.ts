import { mean } from '../math/stats.js';
import type { RankCorrelation } from './rank-correlation.js';
import type { SectorEvaluation } from './score-evaluation.js';
import type { SessionSlice } from './session-slice.js';
import { summarizeSeries, type SummaryOptions } from './summarize-series.js';

/** A rank correlation of fewer names says next to nothing. */
const MIN_NAMES = 5;

/** Rank correlation of scores and labels within each sector, session after session. */
export class SectorCorrelations {
  readonly #groups: Int32Array;
  readonly #sectors: readonly { sector: string; correlations: Float64Array; names: Float64Array }[];

  /** @param sectors sector by symbol; symbols without one count in none */
  constructor(symbols: readonly string[], sectors: ReadonlyMap<string, string>, sessions: number) {
    const series = (): Float64Array => new Float64Array(sessions).fill(Number.NaN);
    const present = [...new Set(symbols.flatMap((symbol) => sectors.get(symbol) ?? []))].sort();
    this.#sectors = present.map((sector) => ({ sector, correlations: series(), names: series() }));
    const code = new Map(present.map((sector, k) => [sector, k]));
    this.#groups = Int32Array.from(symbols, (symbol) => code.get(sectors.get(symbol) ?? '') ?? -1);
  }

  add({ t, scoreRanking, labelRanking }: SessionSlice, ranks: RankCorrelation): void {
    const within = ranks.within(scoreRanking, labelRanking, this.#groups, this.#sectors.length);
    this.#sectors.forEach(({ correlations, names }, k) => {
      const shared = within[k];
      if (shared.names < MIN_NAMES || shared.correlation === null) return;
      correlations[t] = shared.correlation;
      names[t] = shared.names;
    });
  }

  /** By name; sectors that never had names enough are left out. */
  evaluate(options: SummaryOptions): readonly SectorEvaluation[] {
    return this.#sectors
      .map(({ sector, correlations, names }) => ({ sector, names: mean(names.filter((count) => count > 0)), rankIc: summarizeSeries(correlations, options) }))
      .filter(({ rankIc }) => rankIc.sessions > 0);
  }
}
