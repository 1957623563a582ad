import { XNYS } from '../../core/calendar.js';
import type { IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { nearestSession, underlyingNames, underlyingSessions } from '../../data/option-chains/underlying-sessions.js';
import { requireDataset, type Store } from '../../data/store/store.js';
import { OPTIONS_HISTORY } from './options-history.js';

export interface ChainRequest {
  readonly underlying: string;
  /** The last session with a chain of the underlying when absent. */
  readonly asOf?: IsoDate;
}

/** Which chain is meant. */
export interface ChosenChain {
  readonly underlying: string;
  readonly session: IsoDate;
  /** First session with a chain of the underlying, or another one from before all that features and signals of the chosen session read. */
  readonly first: IsoDate;
  /** Sessions with a chain of it up to that one, ascending, as far back as they read. */
  readonly sessions: readonly IsoDate[];
}

/** Underlyings that an error names at most. */
const NAMED = 20;

/**
 * The session with a chain of the underlying that is asked for, and those before it.
 *
 * Of a long history only the files that matter are opened: they hold some hundred thousand contracts each.
 * @throws DataError when the store has no chains; ConfigError naming the underlyings that have some, or the nearest sessions
 */
export async function chooseChain(store: Store, { underlying: given, asOf }: ChainRequest): Promise<ChosenChain> {
  requireDataset(await store.manifest(), 'option_chains', store.folder);
  const underlying = given.trim().toUpperCase().replaceAll(/[./ ]/g, '-');
  const session = await nearestSession(store, underlying, { from: 'end', ...(asOf ? { end: asOf } : {}) });
  if (session === null || (asOf !== undefined && session !== asOf)) throw await notThere(store, { given, underlying, asOf, before: session });
  const sessions = await underlyingSessions(store, underlying, { end: session, count: OPTIONS_HISTORY });
  const reachesBack = XNYS.count(sessions[0], session) >= OPTIONS_HISTORY - 1;
  const earlier = reachesBack ? null : await nearestSession(store, underlying, { from: 'end', end: XNYS.previous(sessions[0]) });
  return { underlying, session, first: earlier ?? sessions[0], sessions };
}

interface Sought {
  readonly given: string;
  readonly underlying: string;
  readonly asOf: IsoDate | undefined;
  /** The last session before with a chain of it. */
  readonly before: IsoDate | null;
}

/** Stored sessions whose underlyings an error names: of more, some would no longer be there. */
const RECENT = 5;

async function notThere(store: Store, { given, underlying, asOf, before }: Sought): Promise<ConfigError> {
  const after = asOf === undefined ? null : await nearestSession(store, underlying, { from: 'start', start: asOf });
  const nearest = [before, after].filter((one) => one !== null);
  return asOf === undefined || nearest.length === 0 ? unknownUnderlying(given, await underlyingNames(store, { count: RECENT })) : noChain(underlying, asOf, nearest);
}

function unknownUnderlying(given: string, names: readonly string[]): ConfigError {
  const near = suggest(given, names);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return new ConfigError(`expected an underlying with option chains (${names.slice(0, NAMED).join(', ')}${more}), found "${given}"${near === null ? '' : `; did you mean "${near}"?`}`, { code: 'UNKNOWN_UNDERLYING', fields: { underlying: given, names } });
}

function noChain(underlying: string, session: IsoDate, nearest: readonly IsoDate[]): ConfigError {
  return new ConfigError(`expected a session with an option chain of ${underlying}, found none on ${session}; ${nearest.length === 1 ? 'the nearest is' : 'the nearest are'} ${nearest.join(' and ')}`, { code: 'NO_CHAIN', fields: { underlying, session, nearest } });
}
