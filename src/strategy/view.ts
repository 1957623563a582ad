import { fromEpochDay, type IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { medianDollarVolume } from '../features/volume/dollar-volume.js';
import type { Panel } from '../table/panel.js';
import { splitRatio, type DatedAction } from './dated-action.js';
import type { Evidence } from './evidence.js';
import { gathered, valuesOf } from './gathered.js';
import { memoryOf, type PanelMemory } from './panel-memory.js';

/** A feature that moved a score. */
export interface Driver {
  readonly feature: string;
  /** Its value on the session; `null`: missing, which the model takes as a fact of its own. */
  readonly value: number | null;
  /** Share of the members' values that lie below, equals counted half, 0 to 1; `null` where that says nothing. */
  readonly rank: number | null;
  /** What it added to the score, in units of the score. */
  readonly contribution: number;
  /** Its size as a share of the sizes of all parts of the score (fraction). */
  readonly share: number;
}

/** What a model says about one instrument, known at the decision time of the view's session. */
export interface Forecast {
  /** Name of the model. */
  readonly model: string;
  /** The higher, the better; any unit. */
  readonly score: number;
  /** Expected simple return over the horizon, open to open; `null` when history does not suffice. */
  readonly expectedReturn: number | null;
  /** What its rank adds to the expected return of the middle rank, which is the drift of the market; `null` with the expected return. */
  readonly edge: number | null;
  /** Interval of that return. */
  readonly interval: readonly [number, number] | null;
  /** Share of outcomes that the interval is meant to hold (fraction). */
  readonly coverage: number;
  /** Sessions that the return is over, open to open. */
  readonly horizon: number;
  /** What moved the score most, largest part first; empty where the model does not say. */
  readonly drivers: readonly Driver[];
  /** What all other features and the start of every score add: with the drivers, the score; `null` where the model does not say. */
  readonly rest: number | null;
  /** What else is to be told of how it came about, after what moved the score. */
  readonly remarks?: readonly Evidence[];
}

export interface MarketViewParts {
  /** Position of the session we stand in, in both panels. */
  readonly index: number;
  /** Columns open, high, low, close, volume (total return, on the basis of the session we stand in) and quotedOpen, quotedHigh, quotedLow, quotedClose, tradedValue. */
  readonly bars: Panel;
  /** Feature columns over the symbols of the bars; of all their sessions, or of the one we stand in alone. */
  readonly features: Panel;
  /** Feature columns of the session alone, besides those with history; its only session is that we stand in. */
  readonly today?: Panel;
  /** Sector by symbol; last known, not point in time. */
  readonly sectors?: ReadonlyMap<string, string>;
  /** Instruments that may be bought: members of the universe with clean history. */
  readonly eligible: readonly string[];
  readonly forecasts: ReadonlyMap<string, Forecast>;
  /** Splits of raw prices by instrument, ordered by ex-date; needed where bars are missing since one. */
  readonly actions?: ReadonlyMap<string, readonly DatedAction[]>;
  /** Instruments that risk rules refused. */
  readonly barred?: ReadonlySet<string>;
}

/**
 * What a strategy may look at when it decides for a session: nothing after it.
 *
 * The panels are private and every array handed out is a copy that ends at the session, so that not even its buffer
 * holds later values.
 */
export class MarketView {
  readonly session: IsoDate;
  readonly eligible: readonly string[];
  readonly #parts: MarketViewParts;
  readonly #featureIndex: number;
  readonly #memory: PanelMemory;
  /** Whether evenings of other sessions stand in the same bars too. */
  readonly #isShared: boolean;
  /** Worked out once in the evening, whoever is barred. */
  readonly #evening: Map<object, unknown>;

  /** @param evening of a view that only bars other names */
  constructor(parts: MarketViewParts, evening?: Map<object, unknown>) {
    const { bars, features, index } = parts;
    if (index < 0 || index >= bars.sessions.length) throw new InvariantError(`expected a session of the panel's ${bars.sessions.length}, found position ${index}`);
    requireFeatureAxes(parts);
    const day = parts.today?.sessions.at(-1);
    if (day !== undefined && (day !== bars.sessions[index] || parts.today!.sessions.length !== 1)) throw new InvariantError(`expected features of the session ${fromEpochDay(bars.sessions[index])} alone, found ${parts.today!.sessions.length} up to ${fromEpochDay(day)}`);
    this.#parts = parts;
    this.#featureIndex = features.sessions.length === bars.sessions.length ? index : 0;
    this.#memory = memoryOf(bars);
    this.#isShared = this.#memory.isReusedAt(index);
    this.#evening = evening ?? new Map<object, unknown>();
    this.session = fromEpochDay(bars.sessions[index]);
    this.eligible = Object.freeze([...parts.eligible]);
    Object.freeze(this);
  }

  /** Whether the instrument has a bar in this session or before. */
  hasSymbol(symbol: string): boolean {
    return !Number.isNaN(this.lastClose(symbol));
  }

  /** Whether the instrument has a bar in this session. */
  hasBar(symbol: string): boolean {
    return this.#parts.bars.hasSymbol(symbol) && this.#value('close', symbol) > 0;
  }

  /** Whether this session's bar is a suspect jump: whatever it says is not to be acted on before the next bar. */
  isSuspect(symbol: string): boolean {
    const { bars } = this.#parts;
    return bars.has('suspect') && bars.hasSymbol(symbol) && this.#value('suspect', symbol) === 1;
  }

  /** Close of this session as quoted; NaN when there is none. */
  close(symbol: string): number {
    return this.#parts.bars.hasSymbol(symbol) ? this.#value('quotedClose', symbol) : Number.NaN;
  }

  /**
   * Last close at or before this session that is to be believed, in shares of this session; NaN when there is none.
   *
   * A close as quoted, divided by the splits since. A suspect bar with none after it is passed over: only the next one says what it was.
   */
  lastClose(symbol: string): number {
    const { bars, index, actions } = this.#parts;
    if (!bars.hasSymbol(symbol)) return Number.NaN;
    const start = bars.row(symbol) * bars.sessions.length;
    const closes = bars.column('quotedClose');
    const suspect = bars.has('suspect') ? bars.column('suspect') : null;
    let isLatest = true;
    for (let t = index; t >= 0; t--) {
      if (!(closes[start + t] > 0)) continue;
      const passed = isLatest && suspect?.[start + t] === 1;
      isLatest = false;
      if (!passed) return t === index ? closes[start + t] : closes[start + t] / splitRatio(actions?.get(symbol) ?? [], bars.sessions[t], bars.sessions[index]);
    }
    return Number.NaN;
  }

  /** A feature's value at this session; NaN when it has none or was not computed. */
  feature(name: string, symbol: string): number {
    return this.featureOf(name)(symbol);
  }

  /** The same for many instruments: symbol → value. */
  featureOf(name: string): (symbol: string) => number {
    const { features, today } = this.#parts;
    const now = today?.has(name) ? today.column(name) : null;
    const before = features.has(name) ? features.column(name) : null;
    const [width, at] = [features.sessions.length, this.#featureIndex];
    return (symbol) => {
      if (now !== null && today!.hasSymbol(symbol)) return now[today!.row(symbol)];
      return before !== null && features.hasSymbol(symbol) ? before[features.row(symbol) * width + at] : Number.NaN;
    };
  }

  /** Values of a feature, [eligible]. */
  eligibleFeature(name: string): Float64Array {
    const { bars, features, today } = this.#parts;
    const isTurned = features.sessions.length > 1 && this.#isShared && features.has(name) && !today?.has(name) && memoryOf(features).hasRowsOf(bars);
    if (isTurned) return gathered(memoryOf(features).column(name), this.#featureIndex * features.symbols.length, this.#eligibleRows());
    const valueOf = this.featureOf(name);
    return valuesOf(this.eligible, valueOf);
  }

  /** Last known sector, `null` when unknown. */
  sector(symbol: string): string | null {
    return this.#parts.sectors?.get(symbol) ?? null;
  }

  /** The same view in which some are not to be bought, as a risk rule refused them; they still count where names are compared. */
  barring(symbols: ReadonlySet<string>): MarketView {
    return new MarketView({ ...this.#parts, barred: symbols }, this.#evening);
  }

  /** Whether a risk rule refused to buy it this evening. */
  isBarred(symbol: string): boolean {
    return this.#parts.barred?.has(symbol) ?? false;
  }

  /** The last `length` values of a bar column up to this session, oldest first; a copy, shorter when history is. */
  history(column: string, symbol: string, length: number): Float64Array {
    const { bars, index } = this.#parts;
    const series = bars.series(column, symbol);
    return Float64Array.from(series.subarray(Math.max(0, index + 1 - length), index + 1));
  }

  /** Median quote currency traded over the last `length` sessions, an odd number; NaN where too few of them have a bar. */
  medianTradedValue(symbol: string, length: number): number {
    const { bars, index } = this.#parts;
    if (this.#isShared) return this.#memory.medians('tradedValue', length)[index * bars.symbols.length + bars.row(symbol)];
    return medianDollarVolume(bars.series('tradedValue', symbol).subarray(Math.max(0, index + 1 - length), index + 1));
  }

  /** Median quote currency traded over the last `length` sessions, an odd number, [eligible]; NaN where too few of them have a bar. */
  eligibleTradedValue(length: number): Float64Array {
    const { bars, index } = this.#parts;
    if (!this.#isShared) return valuesOf(this.eligible, (symbol) => this.medianTradedValue(symbol, length));
    return gathered(this.#memory.medians('tradedValue', length), index * bars.symbols.length, this.#eligibleRows());
  }

  /** Mean close-to-close return of everyone that may be bought, of the last `length` sessions, oldest first; NaN where nobody has one. */
  eligibleReturns(length: number): Float64Array {
    const { bars, index } = this.#parts;
    const count = this.eligible.length === 0 ? 0 : Math.trunc(Math.max(0, Math.min(length, index))) || 0;
    const [rows, believed] = [this.#eligibleRows(), this.#believedRows()];
    if (this.#isShared) return this.#memory.meanReturns(rows, believed, count, index);
    const width = bars.sessions.length;
    const closes = bars.column('close');
    const means = new Float64Array(count);
    for (let t = 0; t < count; t++) {
      const at = index - count + 1 + t;
      let [sum, number] = [0, 0];
      // the next bar shows whether a suspect print was true
      for (const row of at === index ? believed : rows) {
        const move = closes[row * width + at] / closes[row * width + at - 1] - 1;
        if (Number.isNaN(move)) continue;
        sum += move;
        number++;
      }
      means[t] = sum / number;
    }
    return means;
  }

  /**
   * Writes the close-to-close returns of the last sessions, oldest first, as many as there is room for; NaN where unknown.
   * @returns how many, fewer than there is room for where history is shorter
   */
  writeReturns(symbol: string, room: Float64Array): number {
    return this.#writeMoves('close', symbol, room);
  }

  /** The same of the returns from the close to the next open. */
  writeOvernightReturns(symbol: string, room: Float64Array): number {
    return this.#writeMoves('open', symbol, room);
  }

  /** Moves from the close of the session before to a price. */
  #writeMoves(column: 'open' | 'close', symbol: string, room: Float64Array): number {
    const { bars, index } = this.#parts;
    const [prices, closes] = [bars.column(column), bars.column('close')];
    const count = Math.max(0, Math.min(room.length, index));
    const first = bars.row(symbol) * bars.sessions.length + index + 1 - count;
    for (let i = 0; i < count; i++) room[i] = prices[first + i] / closes[first + i - 1] - 1;
    return count;
  }

  /** What the model says, `null` when it says nothing about the instrument. */
  forecast(symbol: string): Forecast | null {
    return this.#parts.forecasts.get(symbol) ?? null;
  }

  /** Sessions of the panel in (from, this session]: how long ago `from` was. */
  sessionsSince(from: IsoDate): number {
    return this.#parts.index - this.#memory.indexOf(from);
  }

  /**
   * What `make` gives, worked out once in the evening: views that only bar other names know it too.
   * @param key whose it is @param make of nothing but this view without regard to who is barred; its answer is not to be changed
   */
  once<Answer>(key: object, make: () => Answer): Answer {
    const evening = this.#evening;
    if (!evening.has(key)) evening.set(key, make());
    return evening.get(key) as Answer;
  }

  #eligibleRows(): Int32Array {
    const { bars } = this.#parts;
    return this.once(ROWS, () => {
      const rows = new Int32Array(this.eligible.length);
      for (let i = 0; i < rows.length; i++) rows[i] = bars.row(this.eligible[i]);
      return rows;
    });
  }

  /** Of the eligible without a suspect bar in this session. */
  #believedRows(): Int32Array {
    const { bars, index } = this.#parts;
    const rows = this.#eligibleRows();
    if (!bars.has('suspect')) return rows;
    const suspect = this.#isShared ? gathered(this.#memory.column('suspect'), index * bars.symbols.length, rows) : valuesOf(this.eligible, (symbol) => this.#value('suspect', symbol));
    return suspect.includes(1) ? rows.filter((_, i) => suspect[i] !== 1) : rows;
  }

  #value(column: string, symbol: string): number {
    const { bars, index } = this.#parts;
    return bars.column(column)[bars.row(symbol) * bars.sessions.length + index];
  }
}

const ROWS = {};

function requireFeatureAxes({ bars, features, index }: MarketViewParts): void {
  const whole = features.sessions.length === bars.sessions.length;
  const alone = features.sessions.length === 1 && features.sessions[0] === bars.sessions[index];
  if (features.symbols.length !== bars.symbols.length || !(whole || alone)) throw new InvariantError('expected features over the axes of the bars, or over their symbols on the session alone, found another size');
}
