import type { EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import { whereUnmixed } from '../history/where-unmixed.js';
import { SUMMARY_COLUMN_NAMES, type SummaryColumn } from '../summary/columns.js';
import type { ValuedChain } from '../valuation/valued-chain.js';
import type { Dealers } from './dealer-words.js';

/** What is known of one underlying, session by session. */
export interface OptionsHistoryInput {
  readonly underlying: string;
  /** Epoch days, ascending, every session of the exchange from the first to the last, [session]. */
  readonly sessions: Int32Array;
  /** Figures of the chains, each [session], NaN where there was no chain; absent ones count as unknown. */
  readonly columns: Readonly<Partial<Record<SummaryColumn, Float64Array>>>;
  /** Closes that can be compared with each other (adjusted), NaN unknown, [session]. */
  readonly close: Float64Array;
  /** What dealers are taken to hold in the columns of exposure; long calls and short puts when absent. */
  readonly dealers?: Dealers;
}

/** Chains of the session of a view and of the one before it. */
export interface ViewChains {
  readonly chain?: ValuedChain;
  readonly previous?: ValuedChain;
}

/** Keeps what is dear to compute; keys say all that a value depends on. */
type Kept = Map<string, unknown>;

/** The summaries of one underlying, out of which views of single sessions are cut. */
export class OptionsHistory {
  readonly underlying: string;
  readonly #input: OptionsHistoryInput;
  readonly #kept: Kept = new Map();

  /** @throws InvariantError when columns differ in length, or sessions do not ascend */
  constructor(input: OptionsHistoryInput) {
    const { underlying, sessions, close } = input;
    const named = SUMMARY_COLUMN_NAMES.map((name) => [name, input.columns[name]] as const);
    for (const [name, values] of [...named, ['close', close] as const]) {
      if (values !== undefined && values.length !== sessions.length) throw new InvariantError(`expected ${sessions.length} sessions, found ${values.length} in "${name}" of the history of ${underlying}`);
    }
    const unordered = sessions.findIndex((session, t) => t > 0 && session <= sessions[t - 1]);
    if (unordered > 0) throw new InvariantError(`expected ascending sessions, found ${sessions[unordered]} after ${sessions[unordered - 1]} in the history of ${underlying}`);
    this.underlying = underlying;
    this.#input = input;
  }

  get length(): number {
    return this.#input.sessions.length;
  }

  /**
   * What was known at the decision time of the session at position `t`.
   * @throws InvariantError when there is no such position, or a chain is of another underlying or session
   */
  at(t: number, chains: ViewChains = {}): OptionsView {
    const { underlying, length } = this;
    if (!(Number.isInteger(t) && t >= 0 && t < length)) throw new InvariantError(`expected a position from 0 to ${length - 1}, found ${t} in the history of ${underlying}`);
    const { sessions, columns, close, dealers = 'long-calls-short-puts' } = this.#input;
    requireChains(chains, underlying, sessions[t]);
    // copies: a part of an array would still lead to the whole
    const cut = (values: Float64Array | undefined): Float64Array => values?.slice(0, t + 1) ?? new Float64Array(t + 1).fill(Number.NaN);
    return new OptionsView({ underlying, dealers, sessions: sessions.slice(0, t + 1), read: (name) => cut(name === 'close' ? close : columns[name]), kept: this.#kept }, chains);
  }

  /** What was known at the decision time of the last session. */
  latest(chains: ViewChains = {}): OptionsView {
    return this.at(this.length - 1, chains);
  }
}

function requireChains({ chain, previous }: ViewChains, underlying: string, session: EpochDay): void {
  for (const one of [chain, previous]) {
    if (one !== undefined && one.rows.underlying !== underlying) throw new InvariantError(`expected a chain of ${underlying}, found one of ${one.rows.underlying} for its view`);
  }
  if (chain !== undefined && chain.rows.session !== session) throw new InvariantError(`expected the chain of session ${session}, found that of ${chain.rows.session} for the view of ${underlying}`);
  if (previous !== undefined && previous.rows.session >= session) throw new InvariantError(`expected a chain of before session ${session}, found that of ${previous.rows.session} for the view of ${underlying}`);
}

interface ViewSource {
  readonly underlying: string;
  readonly dealers: Dealers;
  readonly sessions: Int32Array;
  readonly read: (name: SummaryColumn | 'close') => Float64Array;
  readonly kept: Kept;
}

/** One underlying at the decision time of one session, the last of its history; nothing later can be reached from it. */
export class OptionsView {
  readonly underlying: string;
  /** What dealers are taken to hold in the columns of exposure. */
  readonly dealers: Dealers;
  /** Epoch days, ascending, [session]. */
  readonly sessions: Int32Array;
  readonly chain: ValuedChain | null;
  /** The chain before that of the session. */
  readonly previous: ValuedChain | null;
  readonly #read: ViewSource['read'];
  readonly #shared: Kept;
  readonly #own: Kept = new Map();

  constructor({ underlying, dealers, sessions, read, kept }: ViewSource, { chain, previous }: ViewChains) {
    this.underlying = underlying;
    this.dealers = dealers;
    this.sessions = sessions;
    this.chain = chain ?? null;
    this.previous = previous ?? null;
    this.#read = read;
    this.#shared = kept;
  }

  /** Sessions of the history. */
  get length(): number {
    return this.sessions.length;
  }

  get session(): EpochDay {
    return this.sessions[this.length - 1];
  }

  /** Comparable closes, NaN unknown, [session]. */
  get close(): Float64Array {
    return this.derive('close', () => this.#read('close'));
  }

  /** A figure of the chains, [session]. */
  column(name: SummaryColumn): Float64Array {
    return this.derive(`column ${name}`, () => this.#read(name));
  }

  /** The same, NaN on sessions whose chain holds contracts or prices of another basis. */
  comparable(name: SummaryColumn): Float64Array {
    return this.derive(`comparable ${name}`, () => whereUnmixed(this.column(name), this.column('isMixed')));
  }

  /** Something made of this view, computed once for it. */
  derive<T>(name: string, compute: () => T): T {
    return kept(this.#own, name, compute);
  }

  /** Something made of sessions up to `session` only, computed once for all views of the history; the name says all else it depends on. */
  deriveUntil<T>(name: string, session: EpochDay, compute: () => T): T {
    if (session > this.session) throw new InvariantError(`expected a session up to ${this.session}, found ${session} for "${name}" of ${this.underlying}`);
    return kept(this.#shared, `${name} until ${session}`, compute);
  }
}

function kept<T>(map: Kept, key: string, compute: () => T): T {
  if (!map.has(key)) map.set(key, compute());
  return map.get(key) as T;
}
