import type { IsoDate } from '../core/dates.js';
import { rows } from '../data/store/duckdb.js';
import type { Store } from '../data/store/store.js';
import type { Cents } from '../portfolio/cents.js';
import type { ComparedEvening } from '../recommendation/changes.js';
import type { RecommendedEntry } from '../recommendation/matured-forecasts.js';
import type { TrackRecord } from '../recommendation/recommendation.js';
import type { BookedFill, BookReplacement, Income } from '../portfolio/round-trips.js';

/** Stands for the hash of a document where a book was imported on a session that had no evening. */
export const NO_DOCUMENT = 'import';

/** What earlier evenings kept, as their track record and the changes since the last of them need it. */
export interface EveningHistory {
  /** Evenings that recommended, ascending. */
  readonly evenings: readonly IsoDate[];
  /** The evening that the book stands after, or the session it was imported on; `null` before the first. */
  readonly previous: ComparedEvening | null;
  /** In the order in which they happened. */
  readonly fills: readonly BookedFill[];
  readonly entries: readonly RecommendedEntry[];
  /** Ascending. */
  readonly equity: TrackRecord['equity'];
  readonly replacements: readonly BookReplacement[];
  /** Dividends, in the order in which they came. */
  readonly income: readonly Income[];
}

const NOTHING: EveningHistory = { evenings: [], previous: null, fills: [], entries: [], equity: [], replacements: [], income: [] };

/** What the evenings before `asOf` kept in the store; nothing that was written for `asOf` or later is read. */
export async function readEveningHistory(store: Store, asOf: IsoDate): Promise<EveningHistory> {
  return store.query(async (connection, { datasets }) => {
    const read: Read = async (name, sql) => ((datasets[name]?.rows ?? 0) > 0 ? ((await rows(connection, sql)) as never) : []);
    const accounts = await read<Account>('paper_account', `select cast(session as varchar) as session, equity, document_hash as hash, coalesce(imported, 0) as imported from paper_account where session < date '${asOf}' order by session`);
    if (accounts.length === 0) return NOTHING;
    const last = accounts[accounts.length - 1];
    const imports = accounts.filter(({ imported }) => imported === 1).map(({ session }) => session);
    const positions = await readPositions(read, [...imports, last.session]);
    return {
      evenings: accounts.filter(({ hash }) => hash !== NO_DOCUMENT).map(({ session }) => session),
      previous: {
        session: last.session,
        equity: last.equity,
        recommendations: await read('recommendations', `select symbol, action from recommendations where session = date '${last.session}' order by rank`),
        held: positions.filter(({ session }) => session === last.session).map(({ symbol }) => symbol),
      },
      fills: await readFills(read, asOf),
      entries: await readEntries(read, asOf),
      equity: accounts.map(({ session, equity }) => ({ session, equity })),
      replacements: imports.map((session) => ({ session, positions: positions.filter((one) => one.session === session).map(({ symbol, entrySession, cost }) => ({ symbol, entrySession, cost })) })),
      income: await read<Income>('paper_events', `select symbol, cast(happened_on as varchar) as session, cents from paper_events e where e.session < date '${asOf}' and kind = 'dividend' order by e.session, n`),
    };
  });
}

/** Rows of a query over a dataset; none when the store holds none of it. */
type Read = <Row>(dataset: string, sql: string) => Promise<Row[]>;

interface Account {
  readonly session: IsoDate;
  readonly equity: number;
  readonly hash: string;
  readonly imported: number;
}

interface HeldRow {
  readonly session: IsoDate;
  readonly symbol: string;
  readonly entrySession: IsoDate;
  readonly cost: Cents;
}

const readPositions = (read: Read, sessions: readonly IsoDate[]): Promise<HeldRow[]> =>
  read('paper_positions', `select cast(session as varchar) as session, symbol, cast(entry_session as varchar) as "entrySession", cost_cents as cost from paper_positions where session in (${sessions.map((session) => `date '${session}'`).join(', ')}) order by session, symbol`);

const readFills = (read: Read, asOf: IsoDate): Promise<BookedFill[]> =>
  read('paper_fills', `select symbol, side, shares, price, cast(filled_on as varchar) as session, gross_cents as gross, commission_cents as commission, basis_cents as basis, reason from paper_fills f where f.session < date '${asOf}' order by f.session, n`);

type EntryRow = Omit<RecommendedEntry, 'interval' | 'coverage'> & { readonly coverage: number | null } & { readonly low: number | null; readonly high: number | null };

async function readEntries(read: Read, asOf: IsoDate): Promise<RecommendedEntry[]> {
  const found = await read<EntryRow>('recommendations', `select cast(r.session as varchar) as session, symbol, coalesce(forecast_horizon, horizon) as horizon, expected_return as "expectedReturn", interval_low as low, interval_high as high, coverage from recommendations r where r.session < date '${asOf}' and action = 'enter' order by r.session, rank`);
  return found.map(({ session, symbol, horizon, expectedReturn, low, high, coverage }) => ({ session, symbol, horizon, expectedReturn, coverage, interval: low === null || high === null ? null : [low, high] }));
}
