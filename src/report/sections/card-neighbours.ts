import type { Neighbour } from '../../recommendation/recommendation.js';
import { listedName, type ListedSymbols } from '../listed-name.js';
import { html, type Html } from '../html.js';

/** The names that moved most with one, with their correlation; nothing for one that no graph holds. */
export function cardNeighbours(neighbours: readonly Neighbour[], symbols: ListedSymbols): Html | null {
  if (neighbours.length === 0) return null;
  return html`<div class="card-neighbours"><h4>Moved most with</h4><ul class="tags">${neighbours.map(({ symbol, correlation }) => html`<li>${listedName(symbols, symbol)} <span class="unit">${correlation < 0 ? '−' : ''}${Math.abs(correlation).toFixed(2)}</span></li>`)}</ul></div>
`;
}
