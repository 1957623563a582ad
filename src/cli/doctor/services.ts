import { join } from 'node:path';

import { redact } from '../../config/redact.js';
import { SECRETS } from '../../config/schema.js';
import { AppError } from '../../core/errors.js';
import { trackingConfig } from '../../tracking/config.js';
import { MlflowClient } from '../../tracking/mlflow/client.js';
import { serverAddress } from '../../tracking/mlflow/server-address.js';
import { Spool } from '../../tracking/spool/spool.js';
import { missing, ok, warn, type Check, type CheckResult } from './check.js';

const PATIENCE_MS = 1000;
const MEND = 'start one with: mlflow server --backend-store-uri sqlite:///mlflow.db --port 5000, then set MLFLOW_TRACKING_URI=http://127.0.0.1:5000';

export const mlflow: Check = {
  name: 'MLflow',
  required: false,
  run: async ({ env, signal, config }) => {
    const settings = config instanceof Error ? trackingConfig.parse({}) : config.config.tracking;
    if (!settings.mlflow.enabled) return missing('tracking.mlflow.enabled is false', 'set it to true to copy runs to MLflow');
    const uri = settings.mlflow.url ?? env['MLFLOW_TRACKING_URI'];
    if (!uri) return missing('MLFLOW_TRACKING_URI is not set', MEND);
    const shown = redact(uri, env);
    if (!/^https?:\/\//.test(uri)) return missing(`MLFLOW_TRACKING_URI is "${shown}"`, 'runs are copied over HTTP: set an address that begins with http:// or https://');
    const answer = await answerOf(new MlflowClient({ address: serverAddress(uri, env), timeoutMs: PATIENCE_MS, retries: { attempts: 1, baseDelayMs: 0, maxDelayMs: 0, factor: 1 } }), { shown, signal });
    const waiting = config instanceof Error ? 0 : await countWaiting(config.paths.runs);
    if (waiting === 0) return answer;
    return { state: answer.state === 'ok' ? 'warn' : answer.state, found: `${answer.found}; ${waiting === 1 ? 'one record waits' : `${waiting} records wait`} to be sent`, mend: answer.state === 'ok' ? 'send them with: swing runs sync' : answer.mend };
  },
};

/** What came of a question that changes nothing, by the way that runs go. */
async function answerOf(client: MlflowClient, { shown, signal }: { readonly shown: string; readonly signal: AbortSignal }): Promise<CheckResult> {
  try {
    await client.get('experiments/search', { max_results: '1' }, { signal });
    return ok(`answers at ${shown}`);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    const { status, hint } = error.fields;
    if (status === undefined && error.code === 'MLFLOW_AWAY') return missing(`no answer from ${shown} within ${PATIENCE_MS / 1000} s`, MEND);
    return warn(typeof status === 'number' ? `${shown} answers with status ${status}` : `${shown} answers with what is no JSON`, typeof hint === 'string' ? hint : 'see whether an MLflow server stands at that address');
  }
}

async function countWaiting(runs: string): Promise<number> {
  const spool = new Spool(join(runs, 'tracking', 'spool'));
  const closed = await Promise.all((await spool.entries()).map((entry) => spool.isClosed(entry)));
  return closed.filter((isClosed) => isClosed).length;
}

/** One check for each secret: whether it is set, never what it is. */
export const keys: readonly Check[] = Object.entries(SECRETS).map(([name, opens]) => ({
  name,
  required: false,
  run: async ({ env }) => (env[name] ? ok('set') : missing('not set', `export ${name}=<key> for ${opens}`)),
}));
