import type { BookView, Decision, Standing, Target } from '../strategy.js';
import type { MarketView } from '../view.js';
import { candidateAt } from './candidate.js';
import { rankCandidates, type Ranking } from './candidates.js';
import type { TopRankedConfig } from './config.js';
import { holdingWeight, review } from './review.js';
import { exitTarget, holdTarget, type Entry, type Terms } from './targets.js';

/** All of an evening's decision that does not depend on who is barred. */
export interface Standpoint {
  readonly exits: readonly Target[];
  readonly holds: readonly Target[];
  /** Weight that is left for entries. */
  readonly room: number;
  /** Why each candidate that is not held is not entered, unless it is; best first. */
  readonly passed: Decision['leftOut'];
  /** Eligible names that are neither candidates nor held, and why. */
  readonly noCandidates: Decision['leftOut'];
  /** The best `count` candidates that may be entered, but for those that are barred. */
  readonly entries: (view: MarketView, count: number) => Entry[];
}

/** A strategy is asked again and again when rules refuse what it wants: what stays the same is worked out once. */
export function standpointOf(view: MarketView, book: BookView, terms: Terms): Standpoint {
  const evening = view.once(terms.signal, (): Evening => ({ ranking: rankCandidates(view, terms.config, terms.signal), last: null }));
  if (evening.last?.book !== book) evening.last = { book, standpoint: takeStandpoint(view, book, evening.ranking, terms) };
  return evening.last.standpoint;
}

interface Evening {
  readonly ranking: Ranking;
  /** Of the book that was asked about last. */
  last: { readonly book: BookView; readonly standpoint: Standpoint } | null;
}

function takeStandpoint(view: MarketView, book: BookView, ranking: Ranking, { config }: Terms): Standpoint {
  const held = new Set(book.positions.map(({ symbol }) => symbol));
  const standings = standingsOf(held, ranking);
  const reviewed = book.positions.map((position) => review(view, position, standings.get(position.symbol)?.rank ?? null, config));
  const kept = reviewed.flatMap(({ position, reason }) => (reason === null ? [{ position, weight: holdingWeight(view, book, position) }] : []));
  const { open, passed } = openTo(coolingDown(view, book, config), { held, isEmpty: kept.length === 0 }, ranking, config);
  return {
    exits: reviewed.flatMap((one) => (one.reason === null ? [] : [exitTarget(view, one, standings.get(one.position.symbol) ?? null)])),
    holds: kept.map(({ position, weight }) => holdTarget(view, position, weight, { standing: standings.get(position.symbol) ?? null, config })),
    room: config.maxGross - kept.reduce((sum, { weight }) => sum + weight, 0),
    passed,
    noCandidates: ranking.leftOut.filter(({ symbol }) => !held.has(symbol)),
    entries: (barring, count) => bestEntries(open, (symbol) => !barring.isBarred(symbol), ranking, count),
  };
}

/** Where those that are held stand; those without a place may not be held now. */
function standingsOf(held: ReadonlySet<string>, ranking: Ranking): ReadonlyMap<string, Standing> {
  const { order, candidates: { symbols } } = ranking;
  const standings = new Map<string, Standing>();
  order.forEach((at, place) => {
    if (held.has(symbols[at])) standings.set(symbols[at], standingAt(ranking, place));
  });
  return standings;
}

const standingAt = ({ order, ordering }: Ranking, place: number): Standing => ({ score: ordering.scores[order[place]], rank: place + 1, of: order.length });

/** Places of the candidates that may be entered, best first, and why each that is not held is not, unless it is. */
function openTo(cooling: ReadonlySet<string>, { held, isEmpty }: { readonly held: ReadonlySet<string>; readonly isEmpty: boolean }, { order, ordering, candidates: { symbols } }: Ranking, { top, cooldown }: TopRankedConfig): { open: number[]; passed: Decision['leftOut'] } {
  const [sold, outranked] = [`its stop sold it within the last ${cooldown} sessions`, `ranked below the best ${top}`];
  const full = isEmpty ? 'no room: what ranks higher fills the book' : 'no room: what is held and what ranks higher fill the book';
  const open: number[] = [];
  const passed: { symbol: string; reason: string }[] = [];
  for (let place = 0; place < order.length; place++) {
    const symbol = symbols[order[place]];
    if (held.has(symbol)) continue;
    const refusal = ordering.refusal(order[place]) ?? (cooling.has(symbol) ? sold : null);
    if (refusal === null) open.push(place);
    passed.push({ symbol, reason: refusal ?? (place < top ? full : outranked) });
  }
  return { open, passed };
}

/** Names that their stops sold too lately to be bought back yet. */
function coolingDown(view: MarketView, { recentStops }: BookView, { cooldown }: Pick<TopRankedConfig, 'cooldown'>): ReadonlySet<string> {
  return new Set(recentStops.flatMap(({ symbol, session }) => (view.sessionsSince(session) < cooldown ? [symbol] : [])));
}

function bestEntries(open: readonly number[], isAllowed: (symbol: string) => boolean, ranking: Ranking, count: number): Entry[] {
  const { order, ordering, candidates } = ranking;
  const found: Entry[] = [];
  for (const place of open) {
    if (found.length >= count) break;
    const at = order[place];
    if (isAllowed(candidates.symbols[at])) found.push({ candidate: candidateAt(candidates, at), standing: standingAt(ranking, place), madeOf: ordering.madeOf(at) });
  }
  return found;
}
