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

/** Reads outcomes over all horizons, of none that is decided after those of the samples. */
export class LabelTargets implements TargetReader {
  readonly #byHorizon: readonly Labels[];
  readonly #main: number;
  readonly #knownThrough: number;

  /**
   * @param labels of the samples
   * @param horizons with that of the labels among them
   * @param last position of the last session of the samples: outcomes over longer horizons that reach beyond those of that session are not looked at,
   * as a split that was purged for the labels' own span would not keep them out
   */
  constructor(labels: Labels, horizons: readonly number[], last: number) {
    this.#byHorizon = horizons.map((horizon) => (horizon === labels.horizon ? labels : labels.at(horizon)));
    this.#main = horizons.indexOf(labels.horizon);
    this.#knownThrough = last + labels.span;
  }

  targets({ rows, day }: Pick<SessionInput, 'day' | 'rows'>): SessionTargets {
    const t = this.#byHorizon[this.#main].panel.indexOnOrBefore(day);
    const scaled = new Float32Array(rows.length * this.#byHorizon.length).fill(Number.NaN);
    this.#byHorizon.forEach(({ panel, span }, horizon) => {
      if (t + span > this.#knownThrough) return;
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
