import { DataError } from '../../core/errors.js';
import type { IsoDate } from '../../core/dates.js';
import type { SymbolHistory } from '../../data/symbol-history.js';
import { readAccountFile, type Fault } from './account-file.js';
import { parseAccount, type Account, type AccountLine } from './parse-account.js';

/** A position of an account by instrument, the key of the store. */
export interface AccountPosition extends AccountLine {
  readonly instrument: string;
}

export interface LoadedAccount {
  readonly cash: Account['cash'];
  readonly positions: readonly AccountPosition[];
}

/**
 * An account file by instruments: symbols are those of the session, or the instruments themselves.
 * @throws DataError naming every line that cannot be taken; then none is
 */
export async function loadAccount(path: string, session: IsoDate, history: SymbolHistory): Promise<LoadedAccount> {
  const { lines, faults: broken } = await readAccountFile(path);
  const { account, faults } = parseAccount(lines);
  const positions = account.lines.map((line) => ({ ...line, instrument: history.instrumentAt(line.symbol.toUpperCase().replaceAll(/[./ ]/g, '-'), session) }));
  const loaded = { cash: account.cash, positions };
  refuseFaults(path, [...broken, ...faults, ...repeated(positions)]);
  return loaded;
}

/** @throws DataError naming every fault with its line */
export function refuseFaults(path: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const told = [...faults].sort((a, b) => a.line - b.line).map(({ line, expected }) => `line ${line}: expected ${expected}`);
  throw new DataError(`expected an account in "${path}", found ${faults.length === 1 ? 'a line' : `${faults.length} faults`} that cannot be taken; nothing was changed\n  ${told.join('\n  ')}`, { code: 'BAD_ACCOUNT', fields: { path, faults } });
}

function repeated(positions: readonly AccountPosition[]): Fault[] {
  return positions.flatMap(({ line, symbol, instrument }, i) => {
    const first = positions.findIndex((other) => other.instrument === instrument);
    return first === i ? [] : [{ line, expected: `each instrument once, found ${symbol}, which is ${instrument} as in line ${positions[first].line}` }];
  });
}
