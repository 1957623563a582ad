import type { OptionsConfig } from '../config.js';

/** What dealers are taken to hold, as `options.dealers` names it: open interest does not tell. */
export type Dealers = OptionsConfig['dealers'];

/** The same in words. */
export const DEALER_WORDS: Readonly<Record<Dealers, string>> = {
  'long-calls-short-puts': 'long calls and short puts',
  'short-calls-short-puts': 'short calls and short puts',
  'long-calls-long-puts': 'long calls and long puts',
};
