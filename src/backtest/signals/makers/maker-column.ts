import type { ColumnBars, ColumnSignals } from '../walk-column.js';
import type { MakerParams, MakerSeries, SignalMaker } from './signal-maker.js';
import { Windows } from './windows.js';

/** One instrument as makers see it: sessions without a close are left out, so that a gap is no gap to an indicator, and nothing is said of them. */
export class MakerColumn {
  readonly #series: MakerSeries;
  /** Position of each bar among the sessions; `null` where none is missing. */
  readonly #positions: Int32Array | null;
  readonly #own: ColumnSignals | null;
  readonly #windows = new Windows();

  constructor({ high, low, close }: ColumnBars) {
    const positions = Int32Array.from(close.keys()).filter((t) => close[t] > 0);
    const isWhole = positions.length === close.length;
    const present = (values: Float64Array): Float64Array => (isWhole ? values : Float64Array.from(positions, (t) => values[t]));
    this.#series = { high: present(high), low: present(low), close: present(close) };
    this.#positions = isWhole ? null : positions;
    this.#own = isWhole ? null : { entries: new Uint8Array(positions.length), exits: new Uint8Array(positions.length) };
  }

  /** Writes the signals of a maker, [session]. */
  make(maker: SignalMaker, params: MakerParams, { entries, exits }: ColumnSignals): void {
    entries.fill(0);
    exits.fill(0);
    const [own, positions] = [this.#own, this.#positions];
    if (own === null || positions === null) return maker.make(this.#series, params, this.#windows, { entries, exits });
    own.entries.fill(0);
    own.exits.fill(0);
    maker.make(this.#series, params, this.#windows, own);
    for (let bar = 0; bar < positions.length; bar++) {
      entries[positions[bar]] = own.entries[bar];
      exits[positions[bar]] = own.exits[bar];
    }
  }
}
