import { dateIn } from '../../../core/clock.js';
import { isoDate, toEpochDay, type IsoDate } from '../../../core/dates.js';
import type { Batch } from '../../provider.js';
import type { SnapshotContract } from './schema.js';

/** Instruments have "-" in share classes, the vendor ".". */
export function vendorSymbol(instrument: string): string {
  return instrument.replaceAll('-', '.');
}

const STANDARD_SHARES = 100;
const NANOSECONDS_PER_MS = 1e6;
const NEW_YORK = 'America/New_York';

/** The day in New York of a stamp in nanoseconds; `null` where there is none. */
export function dayOf(nanoseconds: number | null | undefined): IsoDate | null {
  return nanoseconds === null || nanoseconds === undefined || nanoseconds <= 0 ? null : dateIn(NEW_YORK, nanoseconds / NANOSECONDS_PER_MS);
}

/** A contract after a corporate action has another number of shares, or a root that ends in a digit its underlying has not. */
function isStandard({ details }: SnapshotContract): boolean {
  const root = /^O:(.+)\d{6}[CP]\d{8}$/.exec(details.ticker)?.[1];
  const isOwnRoot = root === undefined || !/\d$/.test(root);
  return (details.contract_type === 'call' || details.contract_type === 'put') && (details.shares_per_contract ?? STANDARD_SHARES) === STANDARD_SHARES && isOwnRoot;
}

/**
 * The contracts of an underlying at the close of a session in the form of `option_chains`; `null` when none is left.
 *
 * Left out are contracts that stand for something else than a hundred shares, or are neither call nor put. Of one that came on two pages
 * the later one stays. The day's figures of a contract that did not trade are those of the day it last did: then the volume of the session is zero.
 */
export function mapChain(underlying: string, session: IsoDate, contracts: readonly SnapshotContract[]): Batch | null {
  const standard = contracts.filter((contract) => isStandard(contract) && contract.details.expiration_date >= session);
  const kept = [...new Map(standard.map((contract) => [contract.details.ticker, contract])).values()];
  if (kept.length === 0) return null;
  const number = (value: (contract: SnapshotContract) => number | null | undefined): Float64Array => Float64Array.from(kept, (contract) => value(contract) ?? Number.NaN);
  const columns = {
    underlying: kept.map(() => underlying),
    session: new Int32Array(kept.length).fill(toEpochDay(session)),
    expiry: Int32Array.from(kept, ({ details }) => toEpochDay(isoDate(details.expiration_date))),
    strike: number(({ details }) => details.strike_price),
    right: kept.map(({ details }) => details.contract_type),
    bid: number(({ last_quote: quote }) => quote?.bid),
    ask: number(({ last_quote: quote }) => quote?.ask),
    last: number(({ last_trade: trade, day }) => trade?.price ?? day?.close),
    volume: number((contract) => volumeOf(contract, session)),
    open_interest: number((contract) => contract.open_interest),
    implied_volatility: number((contract) => contract.implied_volatility),
    underlying_price: number(({ underlying_asset: asset }) => asset?.price ?? asset?.value),
    quoted_at: number(({ last_quote: quote }) => (quote?.last_updated ? Math.floor(quote.last_updated / NANOSECONDS_PER_MS) : null)),
  };
  return { rowCount: kept.length, columns };
}

function volumeOf({ day }: SnapshotContract, session: IsoDate): number | null | undefined {
  if (day === null || day === undefined) return null;
  const traded = dayOf(day.last_updated);
  if (traded !== null && traded < session) return 0;
  return day.volume ?? (traded === null ? 0 : null); // an empty day: it never traded
}
