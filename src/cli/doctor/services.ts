import { redact } from '../../config/redact.js';
import { SECRETS } from '../../config/schema.js';
import { missing, ok, warn, type Check } from './check.js';

const PATIENCE_MS = 1000;

export const mlflow: Check = {
  name: 'MLflow',
  required: false,
  run: async ({ env, signal }) => {
    const uri = env['MLFLOW_TRACKING_URI'];
    const mend = 'start one with: mlflow server --port 5000, then set MLFLOW_TRACKING_URI=http://127.0.0.1:5000';
    if (!uri) return missing('MLFLOW_TRACKING_URI is not set', mend);
    const shown = redact(uri, env);
    if (!/^https?:\/\//.test(uri)) return missing(`MLFLOW_TRACKING_URI is "${shown}"`, 'runs are tracked over HTTP: set an address that begins with http:// or https://');
    const address = new URL(uri);
    const login = address.username === '' ? {} : { authorization: `Basic ${Buffer.from(`${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`).toString('base64')}` };
    address.username = address.password = '';
    address.pathname = `${address.pathname.replace(/\/$/, '')}/health`;
    try {
      const response = await fetch(address, { headers: login, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
      await response.body?.cancel();
      return response.ok ? ok(`answers at ${shown}`) : warn(`${shown} answers with status ${response.status}`, 'see whether an MLflow server stands at that address');
    } catch {
      signal.throwIfAborted();
      return missing(`no answer from ${shown} within ${PATIENCE_MS / 1000} s`, mend);
    }
  },
};

/** One check for each secret: whether it is set, never what it is. */
export const keys: readonly Check[] = Object.entries(SECRETS).map(([name, opens]) => ({
  name,
  required: false,
  run: async ({ env }) => (env[name] ? ok('set') : missing('not set', `export ${name}=<key> for ${opens}`)),
}));
