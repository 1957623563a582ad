import { MIN_VALUES, WIDEST } from '../history/widening-window.js';
import { latestHighState } from '../regime/filtered-state.js';
import type { OptionsView } from './view.js';

/** Chances of the high state beyond which a market is taken to be stressed or calm; between them it is neither. */
const STRESSED = 0.7;
const CALM = 0.3;

export interface VolatilityMood {
  readonly mood: 'calm' | 'stressed' | 'unclear';
  /** Chance that 30-day implied volatility is in its high state. */
  readonly stress: number;
}

/** Whether implied volatility is in its low or its high state of the last 252 sessions, as the feature `iv-regime` has it; `null` unknown. */
export function calmOrStressed(view: OptionsView): VolatilityMood | null {
  return view.derive('volatility mood', () => {
    const stress = latestHighState(view.column('volatility30').map(Math.log), { window: WIDEST, minValues: MIN_VALUES });
    if (Number.isNaN(stress)) return null;
    return { stress, mood: stress >= STRESSED ? 'stressed' : stress <= CALM ? 'calm' : 'unclear' };
  });
}
