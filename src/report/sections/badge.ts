import type { Action } from '../../recommendation/recommendation.js';
import { html, type Html } from '../html.js';

const TITLES: Readonly<Record<Action, string>> = { enter: 'Enter', hold: 'Hold', exit: 'Exit' };

/** The action as a small coloured word. */
export function actionBadge(action: Action): Html {
  return html`<span class="badge ${action}">${TITLES[action]}</span>`;
}
