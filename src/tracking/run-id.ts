import { hashJson } from '../core/hash.js';
import type { RunSpec } from './tracker.js';

const DIGITS = 16;

/** What makes a trial the same trial; its name and tags do not. */
export type RunIdentity = Pick<RunSpec, 'experiment' | 'params' | 'seed' | 'data' | 'code'>;

/** Hash of a run's identity: sixteen hexadecimal digits, the same on every machine. */
export function runId({ experiment, params, seed, data, code }: RunIdentity): string {
  return hashJson({ experiment, params, seed, data, code }).slice(0, DIGITS);
}

/** Whether a text has the form of an id. */
export function isRunId(text: string): boolean {
  return /^[\da-f]{16}$/.test(text);
}
