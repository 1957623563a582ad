import { join } from 'node:path';

import { ConfigError } from '../../core/errors.js';
import { nearest } from '../../core/suggest.js';
import { localTracker } from '../../tracking/local-tracker.js';
import type { ParamValue, RunRecord, Tracker } from '../../tracking/tracker.js';
import type { CliContext } from '../context.js';

export interface RunsFlags {
  readonly json?: boolean;
}

/** Fewest digits that name a run. */
const SHORTEST = 4;

/** The tracker of a project and where it keeps its files. */
export async function openTracker(context: CliContext): Promise<{ readonly tracker: Tracker; readonly folder: string }> {
  const folder = join((await context.loadConfig()).paths.runs, 'tracking');
  return { tracker: localTracker({ folder, clock: context.clock }), folder };
}

/**
 * The run with an id, or the one whose id begins so.
 * @throws ConfigError `UNKNOWN_RUN`, `AMBIGUOUS_RUN`
 */
export async function findRun(tracker: Tracker, id: string): Promise<RunRecord> {
  const runs = await tracker.runs();
  const begun = id.length < SHORTEST ? [] : runs.filter((run) => run.id.startsWith(id.toLowerCase()));
  if (begun.length === 1) return begun[0];
  if (begun.length > 1) throw new ConfigError(`expected the beginning of one run's id, found "${id}", with which ${begun.length} begin: ${begun.slice(0, 5).map((run) => run.id).join(', ')}`, { code: 'AMBIGUOUS_RUN', fields: { id } });
  const like = nearest(id, runs.map((run) => run.id), 1);
  const known = runs.length === 0 ? 'there are no runs yet' : like.length > 0 ? `did you mean ${like[0]}?` : 'list them with: swing runs list';
  throw new ConfigError(`expected the id of a run, or its first ${SHORTEST} digits or more, found ${JSON.stringify(id)}; ${known}`, { code: 'UNKNOWN_RUN', fields: { id } });
}

/** A figure in few digits; – where there is none. */
export function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Number(value.toPrecision(5)));
}

/** A parameter as it was written; – where there is none. */
export function setting(value: ParamValue | undefined): string {
  return value === undefined ? '–' : value === null ? 'null' : String(value);
}

/** An ISO time to the second. */
export function moment(time: string | null): string {
  return time === null ? '–' : time.slice(0, 19).replace('T', ' ');
}
