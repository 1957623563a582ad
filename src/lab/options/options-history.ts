import { OPTIONS } from '../../features/options/family.js';
import { OPTIONS_SIGNALS } from '../../options/intelligence/registry.js';

/** Sessions up to one, that one included, which its features and signals read at most: with earlier ones as well, none of them would differ. */
export const OPTIONS_HISTORY = Math.max(...OPTIONS.map(({ lookback }) => lookback + 1), ...OPTIONS_SIGNALS.map(({ lookback }) => lookback));
