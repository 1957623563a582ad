import type { EpochDay } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import type { Samples } from '../../dataset/samples.js';
import { centredRanks } from '../../math/rank.js';
import { sessionsOfSamples, type SessionOfSamples } from '../sessions-of-samples.js';
import { noEdges } from './session-edges.js';
import { UNIT, type SessionInput, type SessionReader } from './session-reader.js';
import type { SessionTargets, TargetReader } from './session-targets.js';

/** Sessions of samples that have no background: a stock's past and the day's graph are unknown, its label is that of the samples. */
export class SampleSessions implements SessionReader, TargetReader {
  readonly #samples: Samples;
  readonly #past: number;
  /** Horizons, and the place of the labels' own. */
  readonly #horizons: number;
  readonly #main: number;
  readonly #sessions: ReadonlyMap<EpochDay, SessionOfSamples>;

  constructor(samples: Samples, { past, horizons, main }: { readonly past: number; readonly horizons: number; readonly main: number }) {
    this.#samples = samples;
    this.#past = past;
    this.#horizons = horizons;
    this.#main = main;
    this.#sessions = new Map(Array.from(sessionsOfSamples(samples), (one) => [one.session, one]));
  }

  read(day: EpochDay): SessionInput | null {
    const order = this.#order(day);
    if (order.length === 0) return null;
    const { x, length, features, symbolRows } = this.#samples;
    const [depth, size] = [features.length, order.length * this.#past];
    const past = new Float32Array((depth + 1) * size);
    order.forEach((sample, node) => {
      const at = (node + 1) * this.#past - 1;
      for (let feature = 0; feature < depth; feature++) {
        const value = x[feature * length + sample];
        if (value !== value) continue;
        past[feature * size + at] = value * UNIT;
        past[depth * size + at] += 1 / depth;
      }
    });
    return { day, rows: Int32Array.from(order, (sample) => symbolRows[sample]), inputs: depth + 1, past, sectors: new Int32Array(order.length), graph: noEdges(order.length) };
  }

  /** @throws DataError `NO_LABELS` */
  targets({ day }: Pick<SessionInput, 'day'>): SessionTargets {
    const { y, scale } = this.#samples;
    if (y === null) throw new DataError('expected labels, found samples that have none among those to learn from', { code: 'NO_LABELS' });
    const order = this.#order(day);
    const scaled = new Float32Array(order.length * this.#horizons).fill(Number.NaN);
    order.forEach((sample, node) => {
      if (scale[sample] > 0) scaled[node * this.#horizons + this.#main] = y[sample] / scale[sample];
    });
    return { scaled, ranks: Float32Array.from(centredRanks(order.map((sample) => y[sample]))) };
  }

  /** Samples of a session by the rows of their symbols: sums over them are the same in whatever order they are given. */
  #order(day: EpochDay): number[] {
    const found = this.#sessions.get(day);
    if (found === undefined) return [];
    const { symbolRows } = this.#samples;
    return Array.from({ length: found.end - found.start }, (_, i) => found.start + i).sort((a, b) => symbolRows[a] - symbolRows[b] || a - b);
  }
}
