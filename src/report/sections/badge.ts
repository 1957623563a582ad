import type { Action, Recommendation } from '../../recommendation/recommendation.js';
import { html, type Html } from '../html.js';

const TITLES: Readonly<Record<Action, string>> = { enter: 'Enter', hold: 'Hold', reduce: 'Reduce', exit: 'Exit' };

/** The action as a small coloured word. */
export function actionBadge(action: Action): Html {
  return html`<span class="badge ${action}">${TITLES[action]}</span>`;
}

/** Beside the symbol as traded on `asOf`: the instrument's symbol in the store, where the company was renamed since. */
export function renamed({ symbol, listedSymbol }: Recommendation): Html | null {
  return symbol === listedSymbol.replaceAll(/[./ ]/g, '-') ? null : html` <span class="renamed">(later ${symbol})</span>`;
}
