import { isIsoDate, type IsoDate } from '../../core/dates.js';
import { toCents, type Cents } from '../../portfolio/cents.js';
import type { AccountColumn } from './account-columns.js';
import type { AccountFile, Fault, WrittenLine } from './account-file.js';
import type { Cell } from './split-line.js';

/** A position of an account; what the file does not say is `null`. */
export interface AccountLine {
  readonly line: number;
  /** As written. */
  readonly symbol: string;
  /** As written. */
  readonly instrument: string | null;
  /** Whether each value can be taken; those that cannot are `null`, or 0 shares. */
  readonly sound: boolean;
  readonly shares: number;
  readonly entryPrice: number | null;
  readonly entryDate: IsoDate | null;
  readonly stop: number | null;
  readonly target: number | null;
  readonly horizon: number | null;
  readonly trailing: number | null;
  readonly highestClose: number | null;
  readonly cost: number | null;
}

export interface Account {
  /** `null`: the file does not say. */
  readonly cash: Cents | null;
  /** Each that names a symbol. */
  readonly lines: readonly AccountLine[];
}

/** Largest amount of money, so that sums of cents stay exact. */
const MAX_AMOUNT = 1e12;
const MAX_SHARES = 1e9;
const MAX_HORIZON = 1000;

/** What the lines of an account file say, and each value that says something else. */
export function parseAccount({ lines: written, names }: Pick<AccountFile, 'lines' | 'names'>): { readonly account: Account; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const lines: AccountLine[] = [];
  let cash: Cents | null = null;
  for (const line of written) {
    const reader = new LineReader(line, names, faults);
    if (reader.isCash) {
      if (cash !== null) reader.refuse('one line CASH, found a second');
      cash = reader.cash() ?? cash;
    } else {
      const position = reader.position();
      if (position !== null) lines.push(position);
    }
  }
  return { account: { cash, lines }, faults };
}

/** An amount of cash as a person writes it; `null` when it is none. */
export function parseCash(text: string): Cents | null {
  return toCash({ text, quoted: false });
}

function toCash(cell: Cell): Cents | null {
  const amount = parseNumber(cell);
  return amount === null || amount > MAX_AMOUNT ? null : toCents(amount);
}

/**
 * Digits with at most one point, and commas between thousands where quotes show that they separate nothing else: no sign, no currency, no
 * exponent, which programs write in too many ways to guess.
 */
function parseNumber({ text, quoted }: Cell): number | null {
  const plain = quoted && /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  return /^\d{1,15}(\.\d{1,20})?$/.test(plain) ? Number(plain) : null;
}

/** Reads one line, and notes what is wrong with it. */
class LineReader {
  readonly #line: number;
  readonly #cells: WrittenLine['cells'];
  readonly #names: AccountFile['names'];
  readonly #faults: Fault[];

  constructor({ line, cells }: WrittenLine, names: AccountFile['names'], faults: Fault[]) {
    this.#line = line;
    this.#cells = cells;
    this.#names = names;
    this.#faults = faults;
  }

  get isCash(): boolean {
    const { symbol, instrument } = this.#cells;
    return (symbol ?? instrument)?.text.toUpperCase() === 'CASH';
  }

  refuse(expected: string): null {
    this.#faults.push({ line: this.#line, expected });
    return null;
  }

  cash(): Cents | null {
    const beside = (Object.keys(this.#cells) as AccountColumn[]).find((name) => !['as_of', 'symbol', 'instrument', 'shares'].includes(name));
    if (beside !== undefined) return this.refuse(`nothing but the amount in the line CASH, found a value in ${this.#names[beside]}`);
    const cell = this.#cells.shares ?? { text: '', quoted: false };
    return toCash(cell) ?? this.refuse(`an amount of 0 to ${MAX_AMOUNT} such as 12345.67 in ${this.#names.shares} of the line CASH, found "${cell.text}"`);
  }

  /** `null`: what it is of cannot be told. */
  position(): AccountLine | null {
    const before = this.#faults.length;
    const [symbol, instrument] = [this.#name('symbol'), this.#name('instrument')];
    const name = symbol ?? instrument;
    if (this.#cells.symbol === undefined && this.#cells.instrument === undefined) this.refuse('a symbol such as AAPL or BRK.B, found ""');
    const shares = this.#whole('shares', MAX_SHARES);
    if (this.#cells.shares === undefined) this.refuse('a number of shares, found none');
    const read = {
      entryPrice: this.#price('entry_price'), entryDate: this.#date('entry_date'), stop: this.#price('stop'), target: this.#price('target'), horizon: this.#whole('horizon', MAX_HORIZON),
      trailing: this.#price('trailing'), highestClose: this.#price('highest_close'), cost: this.#price('cost'),
    };
    const { entryPrice, stop, target, trailing } = read;
    if (stop !== null && target !== null && stop >= target && trailing === null) this.refuse(`a stop below the target, found ${stop} and ${target}`);
    if (shares !== null && entryPrice !== null && shares * entryPrice > MAX_AMOUNT) this.refuse(`a position of at most ${MAX_AMOUNT}, found ${shares} shares at ${entryPrice}`);
    return name === null ? null : { line: this.#line, symbol: name, instrument, sound: this.#faults.length === before, shares: shares ?? 0, ...read };
  }

  #name(column: 'symbol' | 'instrument'): string | null {
    const text = this.#cells[column]?.text;
    if (text === undefined) return null;
    return /^[A-Za-z][A-Za-z0-9]{0,9}([./ -][A-Za-z0-9]{1,5})?$/.test(text) ? text : this.refuse(`a symbol such as AAPL or BRK.B, found "${text}"`);
  }

  #whole(column: AccountColumn, most: number): number | null {
    const cell = this.#cells[column];
    if (cell === undefined) return null;
    const value = parseNumber(cell);
    return value !== null && Number.isInteger(value) && value >= 1 && value <= most ? value : this.refuse(`a whole number of 1 to ${most} in ${this.#names[column]}, found "${cell.text}"`);
  }

  #price(column: AccountColumn): number | null {
    const cell = this.#cells[column];
    if (cell === undefined) return null;
    const value = parseNumber(cell);
    return value !== null && value > 0 && value <= MAX_AMOUNT ? value : this.refuse(`a price above 0 such as 123.45 in ${this.#names[column]}, found "${cell.text}"`);
  }

  #date(column: AccountColumn): IsoDate | null {
    const text = this.#cells[column]?.text;
    if (text === undefined) return null;
    return isIsoDate(text) ? text : this.refuse(`an existing date as yyyy-mm-dd in ${this.#names[column]}, found "${text}"`);
  }
}
