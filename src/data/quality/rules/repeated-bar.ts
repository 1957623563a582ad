import { fromEpochDay } from '../../../core/dates.js';
import type { Panel } from '../../../table/panel.js';
import type { QualityRule, RawFinding } from '../finding.js';
import { barColumns } from '../series.js';
import { price } from '../words.js';

/** Sessions looked back for the same bar. */
const REACH = 252;

/** Volumes of both bars differ by no more than this fraction. */
const VOLUME_TOLERANCE = 0.01;

/** The first and the repeated bar: positions of their sessions. */
interface Repetition {
  readonly row: number;
  readonly first: number;
  readonly again: number;
}

/**
 * The same open, high, low, close and nearly the same volume at two sessions: one of the two bars has a wrong date.
 *
 * It is known at the later of the two, days or months after decisions were made on the earlier one; blanking that would
 * make the past depend on the future, so it can only be reported.
 */
export const repeatedBar: QualityRule = {
  name: 'repeated-bar',
  describe: 'open, high, low, close and about the volume of an earlier session come again: one of the two bars has a wrong date, mostly the earlier one',
  defaultPolicy: 'keep',
  policies: ['keep'],
  find(panel) {
    const { close } = barColumns(panel);
    const width = panel.sessions.length;
    return repetitions(panel).map(({ row, first, again }): RawFinding => ({
      row,
      from: first,
      to: first,
      knownAt: again,
      detail: `expected prices of its own, found those of ${fromEpochDay(panel.sessions[again])} (close ${price(close[row * width + again])})`,
      value: again - first,
    }));
  },
};

function repetitions(panel: Panel): Repetition[] {
  const { open, high, low, close, volume } = barColumns(panel);
  const width = panel.sessions.length;
  const found: Repetition[] = [];
  const last = new SlotTable(width);
  for (let row = 0; row < panel.symbols.length; row++) {
    last.clear();
    for (let t = 0, cell = row * width; t < width; t++, cell++) {
      if (!(high[cell] > low[cell])) continue;
      const first = last.exchange(open[cell] + 2 * high[cell] + 4 * low[cell] + 8 * close[cell], t);
      if (first < 0 || t - first > REACH) continue;
      const other = row * width + first;
      const same = open[cell] === open[other] && high[cell] === high[other] && low[cell] === low[other] && close[cell] === close[other];
      const most = Math.max(volume[cell], volume[other]);
      if (same && most > 0 && Math.abs(volume[cell] - volume[other]) <= VOLUME_TOLERANCE * most) found.push({ row, first, again: t });
    }
  }
  return found;
}

/** Last position at which a number occurred; open addressing, since a Map of four million numbers takes seconds. */
class SlotTable {
  readonly #keys: Float64Array;
  readonly #values: Int32Array;
  readonly #bits = new Float64Array(1);
  readonly #words = new Uint32Array(this.#bits.buffer);
  readonly #mask: number;

  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * capacity + 2));
    this.#keys = new Float64Array(size);
    this.#values = new Int32Array(size);
    this.#mask = size - 1;
  }

  clear(): void {
    this.#values.fill(-1);
  }

  /** Stores `value` under `key` and returns what stood there, −1 for nothing. */
  exchange(key: number, value: number): number {
    this.#bits[0] = key;
    let slot = Math.imul(this.#words[0] ^ Math.imul(this.#words[1], 0x9e3779b1), 0x85ebca6b) >>> 7;
    for (slot &= this.#mask; this.#values[slot] >= 0 && this.#keys[slot] !== key; slot = (slot + 1) & this.#mask);
    const before = this.#values[slot];
    this.#keys[slot] = key;
    this.#values[slot] = value;
    return before;
  }
}
