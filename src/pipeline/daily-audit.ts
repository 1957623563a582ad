import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AuditReport, notApplicable, type AuditEvent } from '../backtest/audits/audit-report.js';
import type { AuditRecord } from '../backtest/audits/compare-records.js';
import { auditDaily, type DailyAnswers } from '../backtest/audits/daily.js';
import { fillRecords } from '../backtest/audits/fills/audit-fills.js';
import { bookRecords, orderRecords } from '../backtest/audits/session-records.js';
import type { LoadedConfig } from '../config/load.js';
import { XNYS } from '../core/calendar.js';
import { decisionTime, fixedClock } from '../core/clock.js';
import { isoDate, type IsoDate } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import type { EventStream } from '../core/events.js';
import { rows } from '../data/store/duckdb.js';
import { copyRecords, knownStore } from '../data/store/known-store.js';
import { Store } from '../data/store/store.js';
import { replayableSessions } from '../lab/audits/audited-replay.js';
import { readBookBefore } from '../lab/paper-book.js';
import { replay } from '../lab/replay.js';
import type { SessionDecision } from '../strategy/decide-session.js';
import type { SessionResult } from '../strategy/run-session.js';
import { runDaily } from './daily.js';

export interface DailyAuditOptions {
  readonly config: LoadedConfig;
  /** First evening; a month before the last when absent. */
  readonly since?: IsoDate;
  /** Last evening; the last with data when absent. */
  readonly until?: IsoDate;
  /** Run every evening by itself, as an operator does; else the evenings before the last are caught up with in one go. */
  readonly each?: boolean;
  readonly signal?: AbortSignal;
}

/** Sessions of a month. */
const MONTH = 21;
/** Half an hour after a decision. */
const AFTERWARDS_MS = 30 * 60_000;

/**
 * The daily run over a month, in a store of its own with a new paper book, against the replay that backtests are made of: every decision, order and fill,
 * and the book, evening by evening.
 *
 * Nothing of the project is touched. With `each`, the store of an evening holds only what was known then.
 */
export async function* dailyAudit({ config, since, until, each = false, signal }: DailyAuditOptions): EventStream<AuditEvent, AuditReport> {
  const store = await Store.open(config.paths.store);
  const evenings = await eveningsOf(store, { since, until });
  const { seed, strategy } = config.config;
  const describe = `${strategy.name} over ${evenings.length} evenings`;
  const replayable = await replayableSessions(config, evenings).catch((error: unknown) => {
    if (error instanceof ConfigError && error.code === 'NO_MODEL') return error.message;
    throw error;
  });
  if (typeof replayable === 'string') return new AuditReport({ audit: 'daily', subject: describe, first: evenings[0], last: evenings.at(-1)!, seed, checks: [notApplicable('decisions', "the evening's run against the backtest", replayable)] });
  const folder = await mkdtemp(join(tmpdir(), 'swinglab-daily-audit-'));
  try {
    const results: SessionResult[] = [];
    yield { kind: 'step', describe: 'the backtest', done: 0, of: 0 };
    await replay(store, config, { from: replayable[0], to: replayable[replayable.length - 1], onSession: (result) => void results.push(result) });
    const own = await ownConfig(config, store, { folder, each, first: replayable[0] });
    yield* runEvenings({ config: own, store, sessions: replayable, each, ...(signal ? { signal } : {}) });
    return auditDaily({ describe, sessions: replayable, answers: await answersOf(own, results) }, { seed });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function eveningsOf(store: Store, { since, until }: { readonly since: IsoDate | undefined; readonly until: IsoDate | undefined }): Promise<readonly IsoDate[]> {
  const entry = await store.entry('bars');
  const [first, last] = [isoDate(entry!.firstDate!), isoDate(entry!.lastDate!)];
  const end = until === undefined || until > last ? last : until;
  const sessions = XNYS.sessions(since === undefined || since < first ? first : since, end);
  if (sessions.length === 0) throw new ConfigError(`expected evenings up to ${end}, found none since ${since}`, { code: 'NO_SESSION', fields: { since, until } });
  return since === undefined ? sessions.slice(-MONTH) : sessions;
}

/** The settings of the project over a store of its own, which imports nothing; the models are the project's. */
async function ownConfig(config: LoadedConfig, store: Store, { folder, each, first }: { readonly folder: string; readonly each: boolean; readonly first: IsoDate }): Promise<LoadedConfig> {
  const place = join(folder, 'store');
  await knownStore(store, each ? first : null, place);
  return { ...config, config: { ...config.config, data: { ...config.config.data, source: 'store' } }, paths: { ...config.paths, store: place, runs: join(folder, 'runs') } };
}

interface Evenings {
  readonly config: LoadedConfig;
  /** Of the project. */
  readonly store: Store;
  readonly sessions: readonly IsoDate[];
  readonly each: boolean;
  readonly signal?: AbortSignal;
}

async function* runEvenings({ config, store, sessions, each, signal }: Evenings): EventStream<AuditEvent, void> {
  const asked = each ? sessions : sessions.slice(-1);
  for (const [done, session] of asked.entries()) {
    if (each) yield { kind: 'step', describe: `the evening of ${session}`, done, of: asked.length };
    if (each && done > 0) await growTo(config, store, session);
    const run = runDaily({ config, clock: fixedClock(decisionTime(session) + AFTERWARDS_MS), asOf: session, ...(each ? {} : { since: sessions[0] }), ...(signal ? { signal } : {}) });
    for (let step = await run.next(); !step.done; step = await run.next()) {
      if (step.value.kind === 'evening') yield { kind: 'step', describe: `the evening of ${step.value.session}`, done: step.value.done - 1, of: sessions.length };
    }
  }
}

/** The market as known on a later session, in place of the one before; what the evenings kept stays. */
async function growTo(config: LoadedConfig, store: Store, session: IsoDate): Promise<void> {
  const [place, grown] = [config.paths.store, `${config.paths.store}.grown`];
  await knownStore(store, session, grown);
  await copyRecords(await Store.open(place), grown);
  await rm(place, { recursive: true });
  await rename(grown, place);
}

/** Decisions, orders, fills and book as the evenings kept them, beside those of the backtest. */
async function answersOf({ paths }: LoadedConfig, results: readonly SessionResult[]): Promise<DailyAnswers[]> {
  const store = await Store.open(paths.store);
  const kept = await keptRecords(store);
  const daily: Record<'orders' | 'book', AuditRecord[]> = { orders: [], book: [] };
  for (const { decision: { session } } of results) {
    const book = await readBookBefore(store, XNYS.next(session));
    if (book === null) continue;
    daily.orders.push(...orderRecords(session, book.orders));
    daily.book.push(...bookRecords(session, book, kept.equity.get(session) ?? Number.NaN));
  }
  return [
    { name: 'decisions', daily: kept.decisions, backtest: results.flatMap(({ decision }) => decisionRecords(decision)) },
    { name: 'orders', daily: daily.orders, backtest: results.flatMap(({ decision: { session }, book }) => orderRecords(session, book.orders)) },
    { name: 'fills', daily: kept.fills, backtest: results.flatMap(({ fills }) => fillRecords(fills)).filter(({ field }) => isKept(field)) },
    { name: 'book', daily: daily.book, backtest: results.flatMap(({ decision: { session }, book, equity }) => bookRecords(session, book, equity)) },
  ];
}

/** Fills are kept without the price that they were made from. */
const isKept = (field: string): boolean => !field.endsWith(' reference');

interface KeptRecords {
  readonly decisions: readonly AuditRecord[];
  readonly fills: readonly AuditRecord[];
  readonly equity: ReadonlyMap<string, number>;
}

function keptRecords(store: Store): Promise<KeptRecords> {
  return store.query(async (connection, { datasets }) => {
    const of = (name: string, sql: string): Promise<Record<string, unknown>[]> => (datasets[name]?.rows ? rows(connection, sql) : Promise.resolve([]));
    const decided = await of('recommendations', 'select cast(session as varchar) as session, rank, symbol, action, weight, entry, stop, target, horizon, expected_return from recommendations order by session, rank');
    const filled = await of('paper_fills', 'select cast(filled_on as varchar) as session, symbol, side, reason, shares, price, costs from paper_fills order by session, n');
    const accounts = await of('paper_account', 'select cast(session as varchar) as session, equity from paper_account');
    return {
      decisions: decided.flatMap(keptDecision),
      fills: filled.flatMap((row) => ['shares', 'price', 'costs'].map((what) => ({ session: isoDate(String(row['session'])), symbol: String(row['symbol']), field: `${String(row['reason'])} ${String(row['side'])} ${what}`, value: Number(row[what]) }))),
      equity: new Map(accounts.map(({ session, equity }) => [String(session), Number(equity)])),
    };
  });
}

/** What is compared of a decision: its place, and what it says, as a document has it. */
const NUMBERS = ['weight', 'entry', 'stop', 'target', 'horizon'] as const;

function keptDecision(row: Record<string, unknown>): AuditRecord[] {
  const of = (field: string, value: AuditRecord['value']): AuditRecord => ({ session: isoDate(String(row['session'])), symbol: String(row['symbol']), field, value });
  const expected = row['action'] === 'enter' && row['expected_return'] !== null ? Number(row['expected_return']) : null;
  return [of('place', Number(row['rank'])), of('action', String(row['action'])), ...NUMBERS.map((name) => of(name, Number(row[name]))), of('expected return', expected)];
}

/** Documents have prices in cents, fractions to six decimals. */
const ROUNDED: Readonly<Record<(typeof NUMBERS)[number], (value: number) => number>> = { weight: sixDecimals, entry: cents, stop: cents, target: cents, horizon: (value) => value };

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

function sixDecimals(value: number): number {
  return Number(value.toFixed(6));
}

function decisionRecords({ session, targets }: SessionDecision): AuditRecord[] {
  return targets.flatMap((target, place) => {
    const of = (field: string, value: AuditRecord['value']): AuditRecord => ({ session, symbol: target.symbol, field, value });
    const [forecast] = target.evidence.flatMap((one) => (one.code === 'forecast' ? [one.values.expectedReturn] : []));
    const expected = target.action === 'enter' && typeof forecast === 'number' ? sixDecimals(forecast) : null;
    return [of('place', place + 1), of('action', target.action), ...NUMBERS.map((name) => of(name, ROUNDED[name](target[name]))), of('expected return', expected)];
  });
}
