import { join } from 'node:path';

import { AppError, ConfigError, describeError } from '../../core/errors.js';
import { openTracking } from '../../tracking/open-tracking.js';
import type { SpoolEntry } from '../../tracking/spool/spool.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import type { RunsFlags } from './run-records.js';

export interface SyncFlags extends RunsFlags {
  readonly all?: boolean;
}

/** `swing runs sync`. */
export async function sync(flags: SyncFlags, context: CliContext): Promise<void> {
  const { config, paths } = await context.loadConfig();
  const { output, clock, env, signal } = context;
  const { tracker, mirror } = openTracking({ folder: join(paths.runs, 'tracking'), clock, settings: config.tracking, env, onProblem: (message) => output.warn(message) });
  if (mirror === null) throw new ConfigError('expected the address of an MLflow server, found none in tracking.mlflow.url and MLFLOW_TRACKING_URI', { code: 'NO_MLFLOW', fields: { hint: 'start one with: mlflow server --backend-store-uri sqlite:///mlflow.db --port 5000, then set MLFLOW_TRACKING_URI=http://127.0.0.1:5000' } });
  if (flags.all) await mirror.adopt(await tracker.runs());
  const { done, left, blocked } = await mirror.sync({ signal });
  const waiting = await mirror.waiting();
  const reasons = left.map(({ entry, error }) => ({ what: nameOf(entry), reason: describeError(error), folder: entry.path, ...hintOf(error) }));
  if (flags.json) output.json({ server: mirror.server, sent: done.map(nameOf), waiting: waiting.map(nameOf), refused: reasons });
  else {
    output.line(`sent ${counted(done)} to ${mirror.server}${waiting.length === 0 ? ', which now has everything' : `; ${waiting.length} wait`}`);
    for (const { what, reason, folder, hint } of reasons) output.line(`not taken: ${what}: ${reason}${hint === undefined ? '' : ` (${hint})`}; it waits in ${folder}`);
  }
  if (blocked !== null) throw blocked;
  if (left.length > 0) context.exitWith(EXIT.findings);
}

function nameOf({ job }: SpoolEntry): string {
  if (job.kind === 'run') return `run ${job.id} of ${job.experiment}`;
  return job.kind === 'model' ? `model ${job.name}` : `alias ${job.alias} of ${job.registered}`;
}

function counted(entries: readonly SpoolEntry[]): string {
  if (entries.length === 0) return 'nothing';
  const runs = new Set(entries.flatMap(({ job }) => (job.kind === 'run' ? [job.id] : []))).size;
  const others = entries.filter(({ job }) => job.kind !== 'run').length;
  return [...(runs > 0 ? [`${runs} ${runs === 1 ? 'run' : 'runs'}`] : []), ...(others > 0 ? [`${others} ${others === 1 ? 'model or alias' : 'models and aliases'}`] : [])].join(' and ');
}

function hintOf(error: Error): { hint?: string } {
  const hint = error instanceof AppError ? error.fields['hint'] : undefined;
  return typeof hint === 'string' ? { hint } : {};
}
