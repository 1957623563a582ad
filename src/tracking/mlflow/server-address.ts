import { ConfigError } from '../../core/errors.js';

/** Where an MLflow server is and how one is let in. */
export interface ServerAddress {
  /** Without login, without a slash at the end. */
  readonly url: string;
  /** Value of the header, `null` where no login is given; never shown. */
  readonly authorization: string | null;
}

/** What is read of the environment. */
export type MlflowEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Address and login of a server. A login comes from `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, else from
 * `MLFLOW_TRACKING_TOKEN`, else from the address itself.
 * @throws ConfigError `BAD_MLFLOW_ADDRESS`, without repeating a login
 */
export function serverAddress(uri: string, env: MlflowEnvironment): ServerAddress {
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    throw badAddress(withoutLogin(uri));
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw badAddress(withoutLogin(uri));
  const authorization = login(url, env);
  url.username = url.password = url.search = url.hash = '';
  return { url: url.href.replace(/\/+$/, ''), authorization };
}

function login(url: URL, env: MlflowEnvironment): string | null {
  const [user, password, token] = [env['MLFLOW_TRACKING_USERNAME'], env['MLFLOW_TRACKING_PASSWORD'], env['MLFLOW_TRACKING_TOKEN']];
  if (user && password) return basic(user, password);
  if (token) return `Bearer ${token}`;
  return url.username === '' && url.password === '' ? null : basic(decoded(url.username), decoded(url.password));
}

const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text with everything before an @ taken away: it may be a login. */
function withoutLogin(uri: string): string {
  return uri.replace(/^([a-z][a-z\d+.-]*:?\/+)?.*@/is, '$1***@');
}

function badAddress(found: string): ConfigError {
  return new ConfigError(`expected the address of an MLflow server that begins with http:// or https://, found ${JSON.stringify(found)}`, { code: 'BAD_MLFLOW_ADDRESS', fields: { hint: 'runs are copied over HTTP; a database or a folder of MLflow is reached through its server: mlflow server --backend-store-uri sqlite:///mlflow.db' } });
}
