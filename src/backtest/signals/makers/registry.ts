import { ConfigError } from '../../../core/errors.js';
import { requireKnownOptions } from '../../../core/known-options.js';
import { suggest } from '../../../core/suggest.js';
import { breakout } from './breakout.js';
import { crossingAverages, crossingExponentials } from './crossing-averages.js';
import { rsiThresholds } from './rsi-thresholds.js';
import type { MakerParams, SignalMaker } from './signal-maker.js';

/** Every maker of signals that a grid can name. */
export const SIGNAL_MAKERS: readonly SignalMaker[] = Object.freeze([crossingAverages, crossingExponentials, rsiThresholds, breakout]);

/** @throws ConfigError `UNKNOWN_MAKER` naming the nearest known one */
export function signalMaker(name: string): SignalMaker {
  const found = SIGNAL_MAKERS.find((maker) => maker.name === name);
  if (found) return found;
  const names = SIGNAL_MAKERS.map((maker) => maker.name);
  const near = suggest(name, names);
  throw new ConfigError(`expected one of the signal makers ${names.join(', ')}, found "${name}"${near === null ? '' : `; did you mean "${near}"?`}`, { code: 'UNKNOWN_MAKER', fields: { name } });
}

/**
 * Nothing when the parameters are those of the maker and within bounds.
 * @throws ConfigError `UNKNOWN_OPTION`, `BAD_MAKER_PARAMS`
 */
export function requireMakerParams({ name, params: known, conflict }: SignalMaker, params: MakerParams): void {
  requireKnownOptions(params, Object.keys(known), `the signal maker "${name}"`);
  const bad = (message: string): ConfigError => new ConfigError(`${message} in the signal maker "${name}"`, { code: 'BAD_MAKER_PARAMS', fields: { name, params } });
  for (const [param, { least, most, isWhole }] of Object.entries(known)) {
    const value = params[param];
    if (!(value >= least && value <= most && (!isWhole || Number.isInteger(value)))) throw bad(`expected ${param} as a ${isWhole ? 'whole number' : 'number'} from ${least} to ${most}, found ${value}`);
  }
  const problem = conflict?.(params) ?? null;
  if (problem !== null) throw bad(problem);
}
