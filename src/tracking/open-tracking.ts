import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

import type { Clock } from '../core/clock.js';
import { describeError } from '../core/errors.js';
import type { TrackingConfig } from './config.js';
import { localTracker } from './local-tracker.js';
import { MlflowClient } from './mlflow/client.js';
import { MirroredTracker } from './mlflow/mirrored-tracker.js';
import { MlflowMirror } from './mlflow/mirror.js';
import { serverAddress, type MlflowEnvironment, type ServerAddress } from './mlflow/server-address.js';
import type { Tracker } from './tracker.js';

export interface OpenTrackingOptions {
  /** Where runs are kept. */
  readonly folder: string;
  readonly clock: Clock;
  readonly settings: TrackingConfig;
  /** `MLFLOW_TRACKING_URI`, `MLFLOW_TRACKING_USERNAME`, `MLFLOW_TRACKING_PASSWORD`, `MLFLOW_TRACKING_TOKEN`. */
  readonly env: MlflowEnvironment;
  /** Told of what does not end the work, once of each kind. */
  readonly onProblem: (message: string) => void;
}

export interface Tracking {
  readonly tracker: Tracker;
  /** `null` where no server is set. */
  readonly mirror: MlflowMirror | null;
}

/** The tracker of a project: local files, copied to MLflow where a server is set. */
export function openTracking(options: OpenTrackingOptions): Tracking {
  const local = localTracker({ folder: options.folder, clock: options.clock });
  const mirror = openMirror(options);
  return { tracker: mirror === null ? local : new MirroredTracker(local, mirror), mirror };
}

/**
 * The server that runs are copied to; `null`: none.
 * @throws ConfigError `BAD_MLFLOW_ADDRESS`
 */
export function mlflowAddress({ mlflow }: TrackingConfig, env: MlflowEnvironment): ServerAddress | null {
  const uri = mlflow.url ?? env['MLFLOW_TRACKING_URI'];
  return mlflow.enabled && uri ? serverAddress(uri, env) : null;
}

function openMirror({ folder, settings, env, onProblem }: OpenTrackingOptions): MlflowMirror | null {
  const { timeoutMs, patienceMs, experimentPrefix } = settings.mlflow;
  try {
    const address = mlflowAddress(settings, env);
    if (address === null) return null;
    const client = new MlflowClient({ address, timeoutMs });
    return new MlflowMirror({ client, spool: join(folder, 'spool'), runs: folder, experimentPrefix, patienceMs, onProblem, onlyNotes: !isMainThread });
  } catch (error) {
    onProblem(`${describeError(error)}; runs are kept in local files only`); // of the environment: the configuration was checked
    return null;
  }
}
