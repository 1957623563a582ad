import { InvariantError } from '../../core/errors.js';
import { quantile } from '../../math/stats.js';

/** A fill beside the market that it was made in. */
export interface SizedFill {
  /** Traded, quote currency, above 0. */
  readonly value: number;
  /** Equity of the book before it, quote currency, above 0. */
  readonly equity: number;
  /** What the instrument trades in a session, quote currency, as known before the fill; NaN where it is not known. */
  readonly tradedValue: number;
}

export interface CapacityOptions {
  /** Largest share of what an instrument trades in a session that a fill may be, fraction; 0.02 unless given. */
  readonly participation?: number;
  /** Share of fills that must stay within it, 0.95 unless given. */
  readonly share?: number;
}

/** Plain JSON. */
export interface Capacity {
  /** Quote currency. */
  readonly equity: number;
  readonly participation: number;
  /** Fills counted: those whose traded value is known. */
  readonly fills: number;
}

/**
 * Equity up to which a `share` of the fills would have stayed within `participation` of what their instruments trade in a session, had all
 * been larger alike: participation times the quantile 1 − share of equity × traded value / value.
 *
 * Says nothing of what the larger fills would have cost; an instrument that did not trade counts as one without any room.
 *
 * @returns `null` where no fill has a known traded value
 * @throws InvariantError `BAD_CAPACITY` for a value or an equity that is not above 0, or shares outside of (0, 1]
 * @see Grinold and Kahn (2000), chapter 16, for volume as the measure of room
 */
export function capacity(fills: readonly SizedFill[], { participation = 0.02, share = 0.95 }: CapacityOptions = {}): Capacity | null {
  for (const [name, value] of Object.entries({ participation, share })) {
    if (!(value > 0 && value <= 1)) throw badCapacity(`expected a ${name} above 0 and at most 1, found ${value}`, { [name]: value });
  }
  fills.forEach(({ value, equity }, fill) => {
    if (!(value > 0 && equity > 0 && Number.isFinite(value) && Number.isFinite(equity))) throw badCapacity(`expected a value and an equity above 0, found ${value} and ${equity} at fill ${fill}`, { fill, value, equity });
  });
  const known = fills.filter(({ tradedValue }) => !Number.isNaN(tradedValue));
  if (known.length === 0) return null;
  const rooms = Float64Array.from(known, ({ value, equity, tradedValue }) => (equity / value) * Math.max(0, tradedValue)).sort();
  return { equity: participation * quantile(rooms, 1 - share), participation, fills: known.length };
}

function badCapacity(message: string, fields: Readonly<Record<string, unknown>>): InvariantError {
  return new InvariantError(`${message} in capacity`, { code: 'BAD_CAPACITY', fields });
}
