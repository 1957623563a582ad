import { ConfigError, InvariantError } from '../core/errors.js';
import { requireExperimentName, requireKey } from './check-names.js';
import type { ParamValue, RunSpec } from './tracker.js';

/**
 * Sees that a run can be kept as it is: names, values, no secrets.
 * @throws ConfigError `BAD_EXPERIMENT_NAME`, `BAD_KEY`, `SECRET_KEY`; InvariantError `BAD_RUN`
 */
export function requireRunSpec({ experiment, name, params, seed, data, code, tags }: RunSpec): void {
  requireExperimentName(experiment);
  requireText(name, 'the name of a run');
  requireText(code, 'the fingerprint of the code');
  if (!Number.isSafeInteger(seed)) throw badRun(`expected a whole number as seed of run "${name}", found ${String(seed)}`);
  for (const [key, value] of Object.entries(params)) {
    requireKey(key, 'parameter');
    if (!isParamValue(value)) throw badRun(`expected parameter "${key}" to be text, a finite number, true, false or null, found ${describe(value)}`);
  }
  requireTexts(data, 'data set');
  requireTexts(tags ?? {}, 'tag');
}

/**
 * Sees that figures are numbers, or `null` where there is no value.
 * @throws InvariantError `NOT_FINITE`; ConfigError `BAD_KEY`, `SECRET_KEY`
 */
export function requireMetrics(metrics: Readonly<Record<string, number | null>>, step: number | undefined): void {
  if (step !== undefined && !Number.isSafeInteger(step)) throw new InvariantError(`expected a whole number as step of figures, found ${String(step)}`, { code: 'BAD_STEP', fields: { step: String(step) } });
  for (const [key, value] of Object.entries(metrics)) {
    requireKey(key, 'figure');
    if (value === null || (typeof value === 'number' && Number.isFinite(value))) continue;
    throw new InvariantError(`expected a finite figure, or null where there is none, found ${describe(value)} for "${key}"`, { code: 'NOT_FINITE', fields: { key, value: String(value) } });
  }
}

/** Whether a value can be that of a parameter. */
export function isParamValue(value: unknown): value is ParamValue {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function requireTexts(values: Readonly<Record<string, string>>, kind: string): void {
  for (const [key, value] of Object.entries(values)) {
    requireKey(key, kind);
    if (typeof value !== 'string') throw badRun(`expected text for the ${kind} "${key}", found ${describe(value)}`);
  }
}

function requireText(value: string, what: string): void {
  if (typeof value !== 'string' || value === '') throw new ConfigError(`expected text as ${what}, found ${describe(value)}`, { code: 'BAD_RUN' });
}

const describe = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' && value !== null ? 'an object' : String(value));

function badRun(message: string): InvariantError {
  return new InvariantError(message, { code: 'BAD_RUN' });
}
