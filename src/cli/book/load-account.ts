import { DataError } from '../../core/errors.js';
import type { IsoDate } from '../../core/dates.js';
import type { SymbolHistory } from '../../data/symbol-history.js';
import { readAccountFile, type AccountFile, type Fault } from './account-file.js';
import { parseAccount, type Account, type AccountLine } from './parse-account.js';

/** A position of an account by instrument, the key of the store. */
export interface AccountPosition extends AccountLine {
  readonly instrument: string;
}

export interface LoadedAccount {
  readonly cash: Account['cash'];
  /** Each line that names a symbol, also those of which something else cannot be taken. */
  readonly positions: readonly AccountPosition[];
  readonly faults: readonly Fault[];
  /** Columns that were not read. */
  readonly ignored: AccountFile['ignored'];
}

/** An account file by instruments, with every fault of its own: symbols are those of the session, or the instruments themselves. */
export async function loadAccount(path: string, session: IsoDate, history: SymbolHistory): Promise<LoadedAccount> {
  const file = await readAccountFile(path);
  const { account, faults } = parseAccount(file);
  const positions = account.lines.map((line) => ({ ...line, instrument: line.instrument === null ? history.instrumentAt(keyOf(line.symbol), session) : keyOf(line.instrument) }));
  const contradicting = positions.filter(({ symbol, instrument }) => keyOf(symbol) !== instrument && history.instrumentAt(keyOf(symbol), session) !== instrument);
  return {
    cash: account.cash,
    positions,
    faults: [...file.faults, ...datedOtherwise(file, session), ...faults, ...contradicting.map(({ line, symbol, instrument }) => ({ line, expected: `a symbol of the instrument beside it, found ${symbol} and ${instrument}` })), ...repeated(positions)],
    ignored: file.ignored,
  };
}

/** A symbol as the store writes it. */
const keyOf = (symbol: string): string => symbol.toUpperCase().replaceAll(/[./ ]/g, '-');

/** What columns were left alone, for a person; `null`: none. */
export function ignoredWords(ignored: readonly string[]): string | null {
  return ignored.length === 0 ? null : `not read: the ${ignored.length === 1 ? 'column' : 'columns'} ${ignored.join(', ')}`;
}

/** @throws DataError naming every fault with its line; then nothing of the file is taken */
export function refuseFaults(path: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const told = [...faults].sort((a, b) => a.line - b.line).map(({ line, expected }) => `line ${line}: expected ${expected}`);
  throw new DataError(`expected an account in "${path}", found ${faults.length === 1 ? 'a line' : `${faults.length} faults`} that cannot be taken; nothing was changed\n  ${told.join('\n  ')}`, { code: 'BAD_ACCOUNT', fields: { path, faults } });
}

/** The first line of each other session that the file says it is of. */
function datedOtherwise({ lines, names }: AccountFile, session: IsoDate): Fault[] {
  const told = lines.flatMap(({ line, cells }) => (cells.as_of === undefined ? [] : [{ line, asOf: cells.as_of.text }]));
  const others = told.filter(({ asOf }, i) => asOf !== session && told.findIndex((other) => other.asOf === asOf) === i);
  return others.map(({ line, asOf }) => ({ line, expected: `${session} in ${names.as_of}, the session that is asked for (another with --as-of), found "${asOf}"` }));
}

function repeated(positions: readonly AccountPosition[]): Fault[] {
  return positions.flatMap(({ line, symbol, instrument }, i) => {
    const first = positions.find((other) => other.instrument === instrument)!;
    if (first === positions[i]) return [];
    const same = keyOf(first.symbol) === keyOf(symbol) ? `${symbol} is on line ${first.line} already` : `${symbol} and ${first.symbol} on line ${first.line} are the same instrument`;
    return [{ line, expected: `each instrument once: ${same}` }];
  });
}
