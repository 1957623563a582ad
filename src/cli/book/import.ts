import { join, resolve } from 'node:path';

import { XNYS } from '../../core/calendar.js';
import { lastDecidedSession } from '../../core/clock.js';
import { isoDate, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { makeFolder } from '../../core/make-folder.js';
import type { LoadedConfig } from '../../config/load.js';
import { requireExchangeDay } from '../../data/market.js';
import { takeLock } from '../../data/store/lock.js';
import { requireDataset, Store } from '../../data/store/store.js';
import { readSymbolHistory } from '../../data/symbol-history.js';
import { importWrites } from '../../lab/import-book.js';
import { lastBookedSession, readBookBefore, storedDocumentHash } from '../../lab/paper-book.js';
import { fromCents, type Cents } from '../../portfolio/cents.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import type { Fault } from './account-file.js';
import { assumeLevels } from './assume-levels.js';
import { cashOf } from './cash-of.js';
import { completePosition, type Completed } from './complete-position.js';
import { lastCloses } from './last-closes.js';
import { loadAccount, refuseFaults, type LoadedAccount } from './load-account.js';

export interface ImportFlags {
  readonly asOf?: string;
  readonly cash?: string;
  readonly dryRun?: boolean;
}

/** `swing book import`: a real account in place of the paper book, in one commit. */
export async function importAccount(file: string, flags: ImportFlags, context: CliContext): Promise<void> {
  const day = flags.asOf === undefined ? undefined : parseAsOf(flags.asOf);
  const config = await context.loadConfig();
  const store = await Store.open(config.paths.store);
  await makeFolder(config.paths.runs);
  const lock = await takeLock(join(config.paths.runs, 'daily.lock'), 'runs swing daily in this project'); // an evening must not read half of the old book and half of the new
  try {
    const session = await chooseSession(store, day, { config, context });
    const account = await loadAccount(resolve(context.cwd, file), session, await readSymbolHistory(store));
    const cash = cashOf(account.cash, flags.cash);
    if (cash === null) throw new ConfigError(`expected the cash of the account, found neither a line CASH in "${file}" nor --cash`, { code: 'NO_CASH', fields: { file } });
    const completed = await complete(store, account, { file, session, config });
    const closes = await lastCloses(store, account.positions.map(({ instrument }) => instrument), session);
    const equity = completed.reduce((total, { position }) => total + position.shares * closes.get(position.symbol)!, fromCents(cash));
    const before = await readBookBefore(store, XNYS.next(session));
    if (!flags.dryRun) {
      const writes = importWrites({ session, cash, positions: completed.map(({ position }) => position), equity, documentHash: await storedDocumentHash(store, session) });
      await store.commit(writes, { clock: context.clock, signal: context.signal });
    }
    print({ session, cash, equity, completed, dropped: before?.orders.map(({ side, shares, symbol }) => `${side} ${shares} ${symbol}`) ?? [], lastBooked: await lastBookedSession(store), dryRun: flags.dryRun ?? false }, context);
  } finally {
    lock.release();
  }
}

/** The session that the account stands after: the one asked for, the book's last, or the last before the next evening. */
async function chooseSession(store: Store, day: IsoDate | undefined, { config, context }: { readonly config: LoadedConfig; readonly context: CliContext }): Promise<IsoDate> {
  const { firstDate, lastDate } = requireDataset(await store.manifest(), 'bars', store.folder);
  const decided = lastDecidedSession(context.clock, XNYS, { time: config.config.clock.decisionTime });
  const [first, last] = [isoDate(firstDate!), isoDate(lastDate!)];
  const booked = await lastBookedSession(store);
  const session = day ?? booked ?? XNYS.previous(last < decided ? last : decided);
  requireExchangeDay(session);
  if (session > decided) throw new ConfigError(`expected a session whose decision time has come (the last is ${decided}), found ${session} in --as-of`, { code: 'FUTURE_SESSION', fields: { session, decided } });
  if (session < first || session > last) throw new ConfigError(`expected a session from ${first} to ${last}, of which the store has bars, found ${session}${day === undefined ? '' : ' in --as-of'}`, { code: 'NO_SESSION', fields: { session, first, last } });
  if (booked !== null && booked > XNYS.next(session)) throw new ConfigError(`expected a session from ${XNYS.previous(booked)} on, as the evenings up to ${booked} stand on the book, found ${session} in --as-of`, { code: 'LATER_EVENINGS', fields: { session, booked } });
  return session;
}

async function complete(store: Store, { positions }: LoadedAccount, { file, session, config }: { readonly file: string; readonly session: IsoDate; readonly config: LoadedConfig }): Promise<Completed[]> {
  const { strategy, data } = config.config;
  const rules = strategy[strategy.name];
  const symbols = positions.map(({ instrument }) => instrument).sort();
  const closes = await lastCloses(store, symbols, session);
  const levels = await assumeLevels(store, symbols.filter((symbol) => closes.has(symbol)), session, { rules, policies: data.quality });
  const faults: Fault[] = [];
  const completed = positions.flatMap((line): Completed[] => {
    const found = completePosition(line, { session, close: closes.get(line.instrument) ?? null, levels: levels.get(line.instrument) ?? null, horizon: rules.horizon });
    if (typeof found !== 'string') return [found];
    faults.push({ line: line.line, expected: found });
    return [];
  });
  refuseFaults(file, faults);
  return completed.sort((a, b) => (a.position.symbol < b.position.symbol ? -1 : 1));
}

interface Imported {
  readonly session: IsoDate;
  readonly cash: Cents;
  readonly equity: number;
  readonly completed: readonly Completed[];
  readonly dropped: readonly string[];
  readonly lastBooked: IsoDate | null;
  readonly dryRun: boolean;
}

function print({ session, cash, equity, completed, dropped, lastBooked, dryRun }: Imported, { output }: CliContext): void {
  const count = `${completed.length} ${completed.length === 1 ? 'position' : 'positions'}`;
  output.line(`${dryRun ? 'The book would stand' : 'The book stands'} after ${session} with ${count} and ${fromCents(cash).toFixed(2)} of cash: equity ${equity.toFixed(2)}`);
  for (const { position, assumed } of completed) if (assumed.length > 0) output.line(`  ${position.symbol}: assumed ${assumed.join(', ')}`);
  if (dropped.length > 0) output.line(`${dryRun ? 'Would drop' : 'Dropped'} ${dropped.length} waiting ${dropped.length === 1 ? 'order' : 'orders'}: ${dropped.join(', ')}`);
  if (lastBooked !== null && lastBooked > session) output.line(`The evening of ${lastBooked} stands on the book before; decide on it anew with: swing daily --as-of ${lastBooked}`);
  if (dryRun) output.line('Nothing was kept.');
}
