import { dateIn, type Clock } from '../../../core/clock.js';
import { addDays, type IsoDate } from '../../../core/dates.js';
import { ConfigError, ProviderError } from '../../../core/errors.js';
import { lastClosedSession } from '../../option-chains/last-closed-session.js';
import type { Batch, DataRequest, FetchOptions, MarketDataProvider } from '../../provider.js';
import { MassiveClient, type MassiveClientOptions } from './client.js';
import { dayOf, mapChain, vendorSymbol } from './map.js';
import type { SnapshotContract } from './schema.js';

export interface MassiveOptions extends MassiveClientOptions {
  readonly clock: Clock;
  /** Underlyings of requests that name none. */
  readonly underlyings?: readonly string[];
}

const NAME = 'massive';
const NEW_YORK = 'America/New_York';
/** Until when, the morning after, a snapshot is one of the session before: open interest of the next is published some hours later. */
const STILL_EVENING = 3;
const MS_PER_HOUR = 3_600_000;

/** Option chains of Massive (formerly Polygon.io). The vendor only shows the present: history is what was recorded evening by evening. */
export function massiveProvider({ clock, underlyings = [], ...client }: MassiveOptions): MarketDataProvider {
  const requireChains = (dataset: string): void => {
    if (dataset !== 'option_chains') throw new ConfigError(`expected the dataset option_chains of provider "${NAME}", found "${dataset}"`, { code: 'NO_CAPABILITY', fields: { provider: NAME, dataset } });
  };
  return {
    name: NAME,
    capabilities: ['option_chains'],
    provenance(dataset) {
      requireChains(dataset);
      return { source: 'Massive (formerly Polygon.io), snapshots of option chains', licence: 'of the subscription; not to be passed on', notes: ['contracts adjusted for a corporate action are left out; of a contract that did not trade on the session the volume is zero and the last price older'] };
    },
    async *fetch(dataset, request, options = {}) {
      options.signal?.throwIfAborted();
      requireChains(dataset);
      const session = presentSession(clock);
      if (!isWithin(session, request)) return;
      const one = new MassiveClient(client);
      for (const underlying of request.symbols ?? underlyings) {
        const batch = await snapshotOf(one, underlying, session, options);
        if (batch !== null) yield batch;
        options.signal?.throwIfAborted();
      }
    },
  };
}

/** The session that the vendor's present belongs to. */
function presentSession(clock: Clock): IsoDate {
  const session = lastClosedSession(clock);
  const day = dateIn(NEW_YORK, clock.now() - STILL_EVENING * MS_PER_HOUR);
  if (day === session) return session;
  throw new ProviderError(`expected to be asked between the close of a session and ${STILL_EVENING}:00 in New York of the next morning, found the time after that of ${session}: open interest may be that of the next session by now`, { code: 'TOO_LATE', fields: { session, until: addDays(session, 1), everywhere: true } });
}

const isWithin = (session: IsoDate, { start, end }: DataRequest): boolean => (start === undefined || session >= start) && (end === undefined || session <= end);

/**
 * The whole chain of an underlying; `null` when it has none.
 * @throws ProviderError `NOT_OF_SESSION` when the vendor still shows an earlier day, as on plans with late data
 */
async function snapshotOf(client: MassiveClient, underlying: string, session: IsoDate, { signal }: FetchOptions): Promise<Batch | null> {
  const contracts: SnapshotContract[] = [];
  for await (const { results } of client.optionChain(vendorSymbol(underlying), signal)) contracts.push(...(results ?? []));
  const days = contracts.flatMap(({ underlying_asset: asset }) => dayOf(asset?.last_updated) ?? []);
  const latest = days.reduce<IsoDate | null>((last, day) => (last === null || day > last ? day : last), null);
  if (latest !== null && latest < session) throw new ProviderError(`expected the chain of "${underlying}" at the close of ${session}, found one of ${latest}`, { code: 'NOT_OF_SESSION', fields: { underlying, session, latest } });
  return mapChain(underlying, session, contracts);
}
