import { isoDate, toEpochDay, type IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';
import type { Panel } from '../table/panel.js';
import { adjustBars } from './adjust-bars.js';
import { checkStoredBars, readStoredBars, ruleStart, type CheckedBars, type StoredBars } from './checked-bars.js';
import { historyStart, marketDataHash, marketSources, requireSessionInStore, resolveSymbols, type Market, type MarketRequest, type MarketSource } from './market.js';
import type { QualityFinding } from './quality/finding.js';
import { applyPolicies, findIssues } from './quality/inspect.js';
import { readActions } from './store/read-actions.js';
import { requireDataset, type Store } from './store/store.js';
import { readSymbolHistory, type SymbolHistory } from './symbol-history.js';
import { readUniverse, type Universe } from './universe.js';

export interface MarketSeriesRequest extends Omit<MarketRequest, 'asOf'> {
  /** First and last session to stand in. */
  readonly from: IsoDate;
  readonly to: IsoDate;
}

interface Parts {
  readonly store: Store;
  readonly request: MarketSeriesRequest;
  /** From before the history of the first session to the last. */
  readonly stored: StoredBars;
  readonly findings: readonly QualityFinding[];
  /** Those of them that clean something which was not yet known to be wrong on its own session. */
  readonly late: readonly QualityFinding[];
  readonly universe: Universe;
  readonly symbolHistory: SymbolHistory;
  readonly sources: readonly MarketSource[];
  readonly dataHash: string;
  readonly firstDate: IsoDate;
}

/**
 * The markets of session after session from one reading of the store: each is what `loadMarket` gives for its session.
 *
 * Bars are kept as delivered and cut at the session before they are adjusted and cleaned. Where no price is adjusted, what the quality rules
 * find is looked for once, as every finding says when it was known and rests on nothing later.
 */
export class MarketSeries {
  readonly #parts: Parts;
  #adjusted: Panel | null | undefined;
  #whole: Pick<Market, 'bars' | 'universe' | 'actions'> | undefined;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws ConfigError, DataError as `loadMarket` does */
  static async read(store: Store, request: MarketSeriesRequest): Promise<MarketSeries> {
    const manifest = await store.manifest();
    const entry = requireDataset(manifest, 'bars', store.folder);
    const [firstDate, lastDate] = [isoDate(entry.firstDate!), isoDate(entry.lastDate!)];
    for (const session of [request.from, request.to]) requireSessionInStore(session, firstDate, lastDate);
    const universe = await readUniverse(store, request.universe);
    const start = historyStart(request.from, request.history, firstDate);
    const wanted = new Set([...universe.membersDuring(start, request.to), ...(request.held ?? [])]);
    const stored = await readStoredBars(store, { symbols: [...wanted].sort(), start, end: request.to, allowMissing: true });
    if (stored.stored.symbols.length === 0) throw new DataError(`expected bars of members of "${request.universe}" between ${start} and ${request.to}, found none`, { code: 'NO_BARS', fields: { universe: request.universe } });
    const findings = findIssues(adjustBars(stored.stored, stored.priceBasis, stored.actions), request.policies);
    const late = findings.filter(({ session, knownAt, policy }) => knownAt > session && policy !== 'keep');
    return new MarketSeries({ store, request, stored, findings, late, universe, symbolHistory: await readSymbolHistory(store), sources: marketSources(manifest), dataHash: marketDataHash(manifest), firstDate });
  }

  /** Bars from `start` to the session, adjusted up to it, cleaned by what was known then. */
  async #checked(wanted: ReadonlySet<string>, start: IsoDate, asOf: IsoDate): Promise<CheckedBars> {
    const { store, request, stored: { stored, priceBasis, actions: all }, findings, firstDate } = this.#parts;
    const present = (from: IsoDate): string[] => stored.symbols.filter((symbol) => wanted.has(symbol) && hasBars(stored, symbol, from, asOf));
    const knownThen = ({ symbol, knownAt }: QualityFinding, bars: Panel): boolean => knownAt <= asOf && bars.hasSymbol(symbol);
    const whole = this.#adjustedOnce();
    if (whole !== null) {
      // nothing before the history is wanted and what is found is known: bars of the history alone are copied, once, and cleaned in place
      const bars = whole.part(present(start), start, asOf);
      const known = findings.filter((finding) => finding.end >= start && knownThen(finding, bars));
      return { bars: applyPolicies(bars, known, { inPlace: true }), findings: known, priceBasis, actions: all };
    }
    const from = ruleStart(start, firstDate);
    const cut = stored.part(present(from), from, asOf);
    const actions = priceBasis === 'raw' ? await readActions(store, cut.symbols, asOf) : all;
    // what is found is told in prices, so it is looked for in those of the evening
    return checkStoredBars({ stored: cut, priceBasis, actions }, start, (bars) => findIssues(bars, request.policies));
  }

  /** Everything that was read, cleaned with what is known at the last session; instruments that were members at any time, and what is held. */
  whole(): Pick<Market, 'bars' | 'universe' | 'actions'> {
    const { stored, findings, universe } = this.#parts;
    return (this.#whole ??= { bars: checkStoredBars(stored, undefined, () => findings).bars, universe, actions: stored.actions });
  }

  /**
   * Whether features of a session's market are, bit for bit, those of `whole` on that session: prices need no adjustment, and what is
   * cleaned by what was known only later is the session's own bar alone, suspect that evening: no feature reads it but for the return that
   * was seen, which stays.
   */
  isSettled({ asOf, bars }: Pick<Market, 'asOf' | 'bars'>): boolean {
    const open = this.#parts.late.filter(({ session, knownAt }) => session <= asOf && knownAt > asOf);
    return this.#adjustedOnce() !== null && open.every(({ session, symbol }) => session === asOf && (!bars.hasSymbol(symbol) || bars.value('suspect', symbol, asOf) === 1));
  }

  /** Whether `whole` is cleaned, up to a session, by something that was not known then. */
  hasHindsight(asOf: IsoDate): boolean {
    return this.#parts.late.some(({ session, knownAt }) => session <= asOf && knownAt > asOf);
  }

  /** What symbols mean. */
  get names(): Pick<Market, 'universe' | 'symbolHistory'> {
    const { universe, symbolHistory } = this.#parts;
    return { universe, symbolHistory };
  }

  /** Whether prices need no adjustment, without which no session is settled. */
  get isUnadjusted(): boolean {
    return this.#adjustedOnce() !== null;
  }

  /** All bars where adjusting them changes no price, so that it does not matter up to which session it is done; else `null`. */
  #adjustedOnce(): Panel | null {
    if (this.#adjusted === undefined) {
      const { stored, priceBasis, actions } = this.#parts.stored;
      const adjusted = priceBasis === 'raw' ? null : adjustBars(stored, priceBasis, actions);
      this.#adjusted = adjusted?.column('close').every((value, at) => Object.is(value, stored.column('close')[at])) ? adjusted : null;
    }
    return this.#adjusted;
  }

  /** The first instrument among some that no bars were read for: a series is to be read anew for it. */
  lacks(symbols: readonly string[]): string | undefined {
    return symbols.find((symbol) => !this.#parts.stored.stored.hasSymbol(symbol));
  }

  /** The market of a session of the series, with the instruments that are held besides its members. */
  async at(asOf: IsoDate, held: readonly string[]): Promise<Market> {
    const { request, stored, universe, symbolHistory, sources, dataHash, firstDate } = this.#parts;
    const start = historyStart(asOf, request.history, firstDate);
    const chosen = request.symbols && resolveSymbols(request.symbols, universe, symbolHistory, asOf);
    const wanted = new Set([...universe.membersDuring(start, asOf), ...(chosen ?? []), ...held]);
    const { bars, findings: kept, actions } = await this.#checked(wanted, start, asOf);
    const members = universe.membersAt(asOf).filter((symbol) => !chosen || chosen.includes(symbol));
    return { asOf, bars, universe, members, symbolHistory, findings: kept, priceBasis: stored.priceBasis, actions, sources, dataHash };
  }
}

/** Whether a reading of these sessions would give any row of an instrument. */
function hasBars(panel: Panel, symbol: string, start: IsoDate, end: IsoDate): boolean {
  const [from, to] = [panel.indexOnOrBefore(toEpochDay(start) - 1) + 1, panel.indexOnOrBefore(toEpochDay(end)) + 1];
  return panel.columnNames.some((name) => panel.series(name, symbol).subarray(from, to).some((value) => !Number.isNaN(value)));
}
