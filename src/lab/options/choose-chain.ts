import type { IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { chainSessions } from '../../data/option-chains/read-chains.js';
import { requireDataset, type Store } from '../../data/store/store.js';

export interface ChainRequest {
  readonly underlying: string;
  /** The last session with a chain of the underlying when absent. */
  readonly asOf?: IsoDate;
}

/** Which chain is meant. */
export interface ChosenChain {
  readonly underlying: string;
  readonly session: IsoDate;
  /** First session with a chain of the underlying. */
  readonly first: IsoDate;
  /** Sessions with a chain of it up to that one, ascending. */
  readonly sessions: readonly IsoDate[];
}

/** Underlyings that an error names at most. */
const NAMED = 20;

/**
 * The session with a chain of the underlying that is asked for, and those before it.
 * @throws DataError when the store has no chains; ConfigError naming the underlyings that have some, or the nearest sessions
 */
export async function chooseChain(store: Store, { underlying: given, asOf }: ChainRequest): Promise<ChosenChain> {
  requireDataset(await store.manifest(), 'option_chains', store.folder);
  const underlying = given.trim().toUpperCase().replaceAll(/[./ ]/g, '-');
  const stored = await chainSessions(store);
  const own = stored.filter(({ underlyings }) => underlyings.has(underlying)).map(({ session }) => session);
  if (own.length === 0) throw unknownUnderlying(given, [...new Set(stored.flatMap(({ underlyings }) => [...underlyings.keys()]))].sort());
  const session = asOf ?? own[own.length - 1];
  if (!own.includes(session)) throw noChain(underlying, session, own);
  return { underlying, session, first: own[0], sessions: own.filter((day) => day <= session) };
}

function unknownUnderlying(given: string, names: readonly string[]): ConfigError {
  const near = suggest(given, names);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return new ConfigError(`expected an underlying with option chains (${names.slice(0, NAMED).join(', ')}${more}), found "${given}"${near === null ? '' : `; did you mean "${near}"?`}`, { code: 'UNKNOWN_UNDERLYING', fields: { underlying: given, names } });
}

function noChain(underlying: string, session: IsoDate, own: readonly IsoDate[]): ConfigError {
  const before = own.findLast((one) => one < session);
  const after = own.find((one) => one > session);
  const nearest = [before, after].filter((one) => one !== undefined);
  return new ConfigError(`expected a session with an option chain of ${underlying}, found none on ${session}; ${nearest.length === 1 ? 'the nearest is' : 'the nearest are'} ${nearest.join(' and ')}`, { code: 'NO_CHAIN', fields: { underlying, session, nearest } });
}
