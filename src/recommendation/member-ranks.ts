import type { Panel } from '../table/panel.js';
import type { SessionFeatures } from './session-features.js';

/** Where values of features stand among those of the members on one session; each feature is sorted once, when it is first asked for. */
export class MemberRanks {
  readonly #values: Panel;
  /** Offsets of the members' last values into a column. */
  readonly #cells: readonly number[];
  readonly #sorted = new Map<string, Float64Array>();

  constructor({ values, members }: Pick<SessionFeatures, 'values' | 'members'>) {
    const width = values.sessions.length;
    this.#values = values;
    this.#cells = members.map((member) => values.row(member) * width + width - 1);
  }

  /** Share of the members' values of a feature that lie below a value, equals counted half, 0 to 1; `null` where that says nothing. */
  shareBelow(feature: string, value: number): number | null {
    const sorted = this.#valuesOf(feature);
    if (Number.isNaN(value) || sorted.length < 2) return null;
    const below = firstAt(sorted, (other) => other >= value);
    const equal = firstAt(sorted, (other) => other > value) - below;
    return Number(((below + equal / 2) / sorted.length).toFixed(4));
  }

  #valuesOf(feature: string): Float64Array {
    const known = this.#sorted.get(feature);
    if (known) return known;
    const column = this.#values.column(feature);
    const present = this.#cells.map((at) => column[at]).filter((value) => !Number.isNaN(value));
    const sorted = Float64Array.from(present).sort();
    this.#sorted.set(feature, sorted);
    return sorted;
  }
}

/** Position of the first ascending value that passes, by halving; the number of values when none does. */
function firstAt(sorted: Float64Array, passes: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
