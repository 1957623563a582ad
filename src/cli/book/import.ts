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
import { fromCents } from '../../portfolio/cents.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { cashOf } from './cash-of.js';
import { completeAccount } from './complete-account.js';
import { importDocument, printImport, type Imported } from './import-report.js';
import { ignoredWords, loadAccount } from './load-account.js';

export interface ImportFlags {
  readonly asOf?: string;
  readonly cash?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
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
    const { completed, closes } = await completeAccount(store, account, { file, session, config });
    const cash = cashOf(account.cash, flags.cash);
    if (cash === null) throw new ConfigError(`expected the cash of the account, found neither a line CASH in "${file}" nor --cash`, { code: 'NO_CASH', fields: { file } });
    const positions = completed.map(({ position }) => position);
    const equity = positions.reduce((total, { symbol, shares }) => total + shares * closes.get(symbol)!, fromCents(cash));
    const before = await readBookBefore(store, XNYS.next(session));
    if (!flags.dryRun) {
      const writes = importWrites({ session, cash, positions, closes, equity, documentHash: await storedDocumentHash(store, session) });
      await store.commit(writes, { clock: context.clock, signal: context.signal });
    }
    tell({ session, cash, equity, completed, dropped: before?.orders ?? [], lastBooked: await lastBookedSession(store), ignoredColumns: account.ignored, dryRun: flags.dryRun ?? false }, flags, context);
  } finally {
    lock.release();
  }
}

function tell(imported: Imported, { json }: ImportFlags, { output }: CliContext): void {
  const ignored = ignoredWords(imported.ignoredColumns);
  if (ignored !== null) output.note(ignored);
  if (json) output.json(importDocument(imported));
  else printImport(imported, output);
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
