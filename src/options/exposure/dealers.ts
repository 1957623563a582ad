import type { OptionsConfig } from '../config.js';
import { USUAL_CONVENTION, type ExposureConvention } from './convention.js';

const SIGNS: Readonly<Record<OptionsConfig['dealers'], Pick<ExposureConvention, 'callSign' | 'putSign'>>> = {
  'long-calls-short-puts': { callSign: 1, putSign: -1 },
  'short-calls-short-puts': { callSign: -1, putSign: -1 },
  'long-calls-long-puts': { callSign: 1, putSign: 1 },
};

/** The exposure convention of a configuration. */
export function conventionOf({ dealers, rate }: Pick<OptionsConfig, 'dealers' | 'rate'>): ExposureConvention {
  return { ...USUAL_CONVENTION, ...SIGNS[dealers], rate };
}
