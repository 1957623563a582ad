import type { Market } from '../data/market.js';
import { membershipTable } from '../data/market.js';
import { buildGraph } from '../graph/build-graphs.js';
import type { GraphConfig } from '../graph/config.js';
import { graphInputs } from '../graph/graph-inputs.js';
import type { SessionGraph } from '../recommendation/graph-summary.js';

/**
 * Who moved with whom up to the market's last session, and how much what is chosen moves together.
 *
 * @param chosen instruments to enter or hold
 * @returns `null` when the market is younger than the window
 */
export function sessionGraph({ asOf, bars: all, universe }: Market, settings: GraphConfig, chosen: readonly string[]): SessionGraph | null {
  if (all.sessions.length <= settings.window) return null;
  const read = ['close', 'segment', 'suspect'].filter((name) => all.has(name));
  const bars = all.columns(read).slice(all.sessions.length - settings.window - 1, all.sessions.length);
  const graph = buildGraph(graphInputs(bars, { member: membershipTable(bars, universe) }), settings, asOf);
  const known = chosen.filter((symbol) => bars.hasSymbol(symbol));
  const among = known.length < 2 ? null : buildGraph(graphInputs(bars.select(known)), settings, asOf);
  const together = among === null || among.nodes.length < 2 ? null : among.summary.meanCorrelation;
  return { settings, graph, together };
}
