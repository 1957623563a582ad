import { openInterestGrowth } from '../history/open-interest-growth.js';
import type { OptionsView } from './view.js';

/** Growth of open interest from session to session, computed once for a view, [session]. */
export function openInterestSteps(view: OptionsView): Float64Array {
  return view.derive('open interest steps', () => openInterestGrowth(view));
}
