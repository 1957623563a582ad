import { XNYS } from '../../core/calendar.js';
import { toEpochDay, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { FillsSubject, TradingStep } from '../../backtest/audits/fills/audit-fills.js';
import type { AuditRecord } from '../../backtest/audits/compare-records.js';
import { sessionRecords } from '../../backtest/audits/session-records.js';
import type { LoadedConfig } from '../../config/load.js';
import { readCheckedBars } from '../../data/checked-bars.js';
import type { Store } from '../../data/store/store.js';
import { readSymbolHistory } from '../../data/symbol-history.js';
import { readUniverse } from '../../data/universe.js';
import { openBook, type Book, type Fill } from '../../portfolio/book.js';
import { stepBook } from '../../portfolio/step-book.js';
import type { SessionResult } from '../../strategy/run-session.js';
import { sessionMarketOf } from '../../strategy/session-market-of.js';
import { Panel } from '../../table/panel.js';
import { chooseModel } from '../models/evening-model.js';
import { storedModels } from '../models/model-folder.js';
import { replay, type ReplayRequest } from '../replay.js';
import { sessionRules } from '../session-rules.js';
import type { AuditedLab } from './audited-lab.js';

/** Decides sessions in a row from a book on; as `replay`, over the store and settings of a lab. */
export type Decide<L = ReplayLab> = (lab: L, request: ReplayRequest) => Promise<unknown>;

/** What a replay needs of a lab. */
export type ReplayLab = Pick<AuditedLab, 'store' | 'config'>;

/** The configured strategy over stored models: the decisions of `swing daily`. */
export const decideByReplay: Decide = ({ store, config }, request) => replay(store, config, request);

/** A book as one session found it, and what that session made of it. */
export interface DecidedSession {
  readonly before: Book;
  readonly result: SessionResult;
}

/** What was decided session after session, each with the book that it began with. */
export async function decideSessions<L extends ReplayLab>(lab: L, decide: Decide<L>, { from, to }: { readonly from: IsoDate; readonly to: IsoDate }): Promise<ReadonlyMap<IsoDate, DecidedSession>> {
  const found = new Map<IsoDate, DecidedSession>();
  let before = openBook(lab.config.config.portfolio.initialCash);
  const onSession = (result: SessionResult): void => {
    found.set(result.decision.session, { before, result });
    before = result.book;
  };
  await decide(lab, { from, to, book: before, onSession });
  return found;
}

/** One session decided again from the book that it began with. */
export async function decideAgain<L extends ReplayLab>(lab: L, decide: Decide<L>, { session, book }: { readonly session: IsoDate; readonly book: Book }): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  await decide(lab, { from: session, to: session, book, onSession: (result) => void records.push(...sessionRecords(result)) });
  return records;
}

/**
 * The last sessions of some for which a trained model was usable, which a replay needs.
 * @throws ConfigError `NO_MODEL` saying why there are none
 */
export async function replayableSessions({ config: { forecast }, paths }: LoadedConfig, sessions: readonly IsoDate[]): Promise<IsoDate[]> {
  const models = await storedModels(paths.models);
  let first = sessions.length;
  while (first > 0 && (await chooseModel({ asOf: sessions[first - 1], settings: forecast, folder: paths.models, models })).stored !== null) first--;
  if (first === sessions.length) throw new ConfigError(`no trained model was usable on ${sessions.at(-1)} for forecast.model "${forecast.model}": a method that is measured on the evening's own past cannot be replayed`, { code: 'NO_MODEL' });
  return sessions.slice(first);
}

/** Sessions before a step that its engine may look at: what liquidity is the median of, and room. */
const BEFORE_A_STEP = 130;

/** The fills of decided sessions, and the engine that makes them again on bars that end with their session. */
export async function replayedFills({ store, config }: ReplayLab, decided: ReadonlyMap<IsoDate, DecidedSession>): Promise<FillsSubject> {
  const steps = [...decided].map(([session, { before, result }]): TradingStep => ({ session, before, fills: result.fills }));
  const symbols = [...new Set(steps.flatMap(({ before, fills }) => [...namesOf(before), ...fills.map(({ symbol }) => symbol)]))].sort();
  if (symbols.length === 0) return { steps, bars: new Panel({ symbols, sessions: new Int32Array(), columns: {} }), actions: new Map() };
  const { bars, actions } = await readCheckedBars(store, { symbols, start: steps[0].session, allowMissing: true }, config.config.data.quality);
  return { steps, bars, actions, again: (step) => takeAgain(store, config, step) };
}

const namesOf = ({ orders, positions }: Book): string[] => [...orders, ...positions].map(({ symbol }) => symbol);

async function takeAgain(store: Store, config: LoadedConfig, { session, before }: TradingStep): Promise<readonly Fill[]> {
  if (before.session === null || namesOf(before).length === 0) return [];
  const { data } = config.config;
  const start = XNYS.shift(before.session, -Math.min(BEFORE_A_STEP, XNYS.count((await store.entry('bars'))!.firstDate as IsoDate, before.session)));
  const { bars, actions } = await readCheckedBars(store, { symbols: [...new Set(namesOf(before))].sort(), start, end: session, allowMissing: true }, data.quality);
  const { step, delisting } = sessionRules(config.config, { asOf: session, universe: await readUniverse(store, data.universe), symbolHistory: await readSymbolHistory(store) });
  const fills: Fill[] = [];
  let book = before;
  for (let t = bars.indexOnOrBefore(toEpochDay(before.session)) + 1; t < bars.sessions.length; t++) {
    const stepped = stepBook(book, sessionMarketOf({ bars, index: t, actions, book, ...(delisting ? { delisting } : {}) }), step);
    book = stepped.book;
    fills.push(...stepped.fills);
  }
  return fills;
}

/** Sessions of a store from one to another. */
export async function sessionsBetween(store: Store, since: IsoDate | undefined, until: IsoDate | undefined): Promise<readonly IsoDate[]> {
  const entry = await store.entry('bars');
  const [first, last] = [entry!.firstDate as IsoDate, entry!.lastDate as IsoDate];
  return XNYS.sessions(since === undefined || since < first ? first : since, until === undefined || until > last ? last : until);
}

