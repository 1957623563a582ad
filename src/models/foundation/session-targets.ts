import type { EpochDay } from '../../core/dates.js';
import { centredRanks } from '../../math/rank.js';
import type { Labels } from '../../dataset/labels/labels.js';
import type { SessionInput } from './session-reader.js';

/** What came of the stocks of a session. */
export interface SessionTargets {
  /** Label over its expected deviation, NaN where unknown, [node, horizon]. */
  readonly scaled: Float32Array;
  /** Centred rank of the label over the main horizon among those that have one, NaN for others, [node]. */
  readonly ranks: Float32Array;
}

/** Gives what came of the stocks of a session. */
export interface TargetReader {
  targets(input: Pick<SessionInput, 'day' | 'rows'>): SessionTargets;
}

/** Reads outcomes over all horizons, of none that is decided where those of the samples are not. */
export class LabelTargets implements TargetReader {
  readonly #byHorizon: readonly Labels[];
  readonly #main: number;
  readonly #knownThrough: Int32Array;

  /**
   * @param labels of the samples
   * @param horizons with that of the labels among them
   * @param days sessions of the samples, ascending: outcomes over longer horizons that reach beyond those of an unbroken run of them are not looked
   * at, as a split that was purged for the labels' own span would not keep them out
   */
  constructor(labels: Labels, horizons: readonly number[], days: readonly EpochDay[]) {
    this.#byHorizon = horizons.map((horizon) => (horizon === labels.horizon ? labels : labels.at(horizon)));
    this.#main = horizons.indexOf(labels.horizon);
    this.#knownThrough = knownThrough(labels, days);
  }

  targets({ rows, day }: Pick<SessionInput, 'day' | 'rows'>): SessionTargets {
    const t = this.#byHorizon[this.#main].panel.indexOnOrBefore(day);
    const scaled = new Float32Array(rows.length * this.#byHorizon.length).fill(Number.NaN);
    this.#byHorizon.forEach(({ panel, span }, horizon) => {
      if (t + span > this.#knownThrough[t]) return;
      const [label, scale, width] = [panel.column('label'), panel.column('scale'), panel.sessions.length];
      for (let node = 0; node < rows.length; node++) {
        const at = rows[node] * width + t;
        if (scale[at] > 0 && Number.isFinite(label[at])) scaled[node * this.#byHorizon.length + horizon] = label[at] / scale[at];
      }
    });
    return { scaled, ranks: this.#ranks(rows, t) };
  }

  #ranks(rows: Int32Array, t: number): Float32Array {
    const { panel } = this.#byHorizon[this.#main];
    const [label, width] = [panel.column('label'), panel.sessions.length];
    return Float32Array.from(centredRanks(Float64Array.from(rows, (row) => label[row * width + t])));
  }
}

/** The position up to which the labels of samples tell of prices without a gap, from each of their sessions on; 0 of others, [session]. */
function knownThrough({ panel, span }: Labels, days: readonly EpochDay[]): Int32Array {
  const reach = new Int32Array(panel.sessions.length);
  let next = Infinity;
  for (const day of days.toReversed()) {
    const t = panel.indexOnOrBefore(day);
    reach[t] = next <= t + span ? reach[next] : t + span;
    next = t;
  }
  return reach;
}
