import { isIsoDate, type IsoDate } from '../../core/dates.js';
import { toCents, type Cents } from '../../portfolio/cents.js';
import type { AccountColumn, Fault, WrittenLine } from './account-file.js';

/** A position of an account; what the file does not say is `null`. */
export interface AccountLine {
  readonly line: number;
  /** As written. */
  readonly symbol: string;
  readonly shares: number;
  readonly entryPrice: number | null;
  readonly entryDate: IsoDate | null;
  readonly stop: number | null;
  readonly target: number | null;
  readonly horizon: number | null;
}

export interface Account {
  /** `null`: the file does not say. */
  readonly cash: Cents | null;
  readonly lines: readonly AccountLine[];
}

/** Largest amount of money, so that sums of cents stay exact. */
const MAX_AMOUNT = 1e12;
const MAX_SHARES = 1e9;
const MAX_HORIZON = 1000;

/** What the lines of an account file say, and each line that says something else. */
export function parseAccount(written: readonly WrittenLine[]): { readonly account: Account; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const lines: AccountLine[] = [];
  let cash: Cents | null = null;
  for (const { line, text } of written) {
    const reader = new LineReader(line, text, faults);
    if (text.symbol?.toUpperCase() === 'CASH') {
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
  const amount = parseNumber(text);
  return amount === null || amount > MAX_AMOUNT ? null : toCents(amount);
}

/** Digits with at most one point: no sign, no thousands, no currency, no exponent, which programs write in too many ways to guess. */
function parseNumber(text: string): number | null {
  return /^\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : null;
}

/** Reads one line, and notes what is wrong with it. */
class LineReader {
  readonly #line: number;
  readonly #text: WrittenLine['text'];
  readonly #faults: Fault[];

  constructor(line: number, text: WrittenLine['text'], faults: Fault[]) {
    this.#line = line;
    this.#text = text;
    this.#faults = faults;
  }

  refuse(expected: string): null {
    this.#faults.push({ line: this.#line, expected });
    return null;
  }

  cash(): Cents | null {
    const beside = Object.keys(this.#text).find((name) => name !== 'symbol' && name !== 'shares');
    if (beside !== undefined) return this.refuse(`nothing but the amount in the line CASH, found a value in ${beside}`);
    const text = this.#text.shares ?? '';
    return parseCash(text) ?? this.refuse(`an amount of 0 to ${MAX_AMOUNT} such as 12345.67 in shares of the line CASH, found "${text}"`);
  }

  position(): AccountLine | null {
    const before = this.#faults.length;
    const symbol = this.#text.symbol ?? '';
    if (!/^[A-Za-z][A-Za-z0-9]{0,9}([./ -][A-Za-z0-9]{1,5})?$/.test(symbol)) this.refuse(`a symbol such as AAPL or BRK.B, found "${symbol}"`);
    const shares = this.#whole('shares', MAX_SHARES);
    if (this.#text.shares === undefined) this.refuse('a number of shares, found none');
    const entryPrice = this.#price('entry_price');
    const [stop, target] = [this.#price('stop'), this.#price('target')];
    if (stop !== null && target !== null && stop >= target) this.refuse(`a stop below the target, found ${stop} and ${target}`);
    if (shares !== null && entryPrice !== null && shares * entryPrice > MAX_AMOUNT) this.refuse(`a position of at most ${MAX_AMOUNT}, found ${shares} shares at ${entryPrice}`);
    const line: AccountLine = { line: this.#line, symbol, shares: shares ?? 0, entryPrice, entryDate: this.#date('entry_date'), stop, target, horizon: this.#whole('horizon', MAX_HORIZON) };
    return this.#faults.length > before ? null : line;
  }

  #whole(column: AccountColumn, most: number): number | null {
    const text = this.#text[column];
    if (text === undefined) return null;
    const value = parseNumber(text);
    return value !== null && Number.isInteger(value) && value >= 1 && value <= most ? value : this.refuse(`a whole number of 1 to ${most} in ${column}, found "${text}"`);
  }

  #price(column: AccountColumn): number | null {
    const text = this.#text[column];
    if (text === undefined) return null;
    const value = parseNumber(text);
    return value !== null && value > 0 && value <= MAX_AMOUNT ? value : this.refuse(`a price above 0 such as 123.45 in ${column}, found "${text}"`);
  }

  #date(column: AccountColumn): IsoDate | null {
    const text = this.#text[column];
    if (text === undefined) return null;
    return isIsoDate(text) ? text : this.refuse(`an existing date as yyyy-mm-dd in ${column}, found "${text}"`);
  }
}
