import { isoDate } from '../core/dates.js';
import { readCheckedBars } from '../data/checked-bars.js';
import type { QualityPolicies } from '../data/quality/inspect.js';
import type { Store } from '../data/store/store.js';
import type { Universe } from '../data/universe.js';
import type { Feature } from '../features/feature.js';
import type { Panel } from '../table/panel.js';

/** Inputs that are made from everyone in the universe. */
const FROM_MEMBERS: ReadonlySet<string> = new Set(['index', 'sector', 'members']);

/** Whether features look beyond the instrument itself: their values depend on who else is there. */
export function readsMembers(features: readonly Feature[]): boolean {
  return features.some((feature) => feature.kind !== 'series' || feature.inputs.some((input) => FROM_MEMBERS.has(input)));
}

/**
 * A panel with the other members of the universe behind its symbols, from the store, so that index, sectors and ranks are
 * those of the universe, however few symbols are asked for.
 *
 * The sessions must be those of the calendar; otherwise the panel stands for itself.
 */
export async function withMembers(store: Store, bars: Panel, { universe, policies }: { readonly universe: Universe; readonly policies: QualityPolicies }): Promise<Panel> {
  if (bars.first === null || bars.last === null) return bars;
  const span = { start: isoDate(bars.first), end: isoDate(bars.last) };
  const others = universe.membersDuring(span.start, span.end).filter((symbol) => !bars.hasSymbol(symbol));
  if (others.length === 0) return bars;
  const { bars: members } = await readCheckedBars(store, { symbols: others, allowMissing: true, ...span }, policies);
  const sameSessions = members.sessions.length === bars.sessions.length && members.sessions.every((day, t) => day === bars.sessions[t]);
  return members.symbols.length === 0 || !sameSessions ? bars : bars.join(members);
}
