import { html, type Html } from './html.js';

/**
 * A rank among the members, 0 (lowest) to 1, as a dot with a bar from the middle; the tick at 50 is the median.
 *
 * Drawn by the style sheet from one number: a page holds many of them.
 */
export function rankBar(rank: number): Html {
  return html`<span class="rank" style="--rank:${Math.round(Math.min(1, Math.max(0, rank)) * 100) / 100}" role="img" aria-label="rank ${Math.round(rank * 100)} of 100"><i></i></span>`;
}
