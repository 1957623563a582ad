import { retry, type RetryPolicy } from '../../core/async.js';
import { describeError } from '../../core/errors.js';
import { answerFailure, awayFailure, type Asked } from './failures.js';
import { sendRequest, type HttpAnswer, type HttpRequest } from './http-request.js';
import { asObject, type Fields } from './json-answer.js';
import type { ServerAddress } from './server-address.js';

export interface ClientOptions {
  readonly address: ServerAddress;
  /** Longest silence of the server. */
  readonly timeoutMs: number;
  readonly retries?: RetryPolicy;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

interface SendOptions extends CallOptions {
  /** Not tried again: what was asked may have been done although the answer was lost. */
  readonly once?: boolean;
}

const RETRIES: RetryPolicy = { attempts: 3, baseDelayMs: 100, maxDelayMs: 2000, factor: 3 };
const API = '/api/2.0/mlflow/';
const ARTIFACTS = '/api/2.0/mlflow-artifacts/artifacts/';

/** Speaks MLflow's REST API; tries again what may come through later. Logins stay inside. */
export class MlflowClient {
  /** The address without login, for messages. */
  readonly server: string;
  readonly #authorization: string | null;
  readonly #timeoutMs: number;
  readonly #retries: RetryPolicy;

  constructor({ address, timeoutMs, retries = RETRIES }: ClientOptions) {
    this.server = address.url;
    this.#authorization = address.authorization;
    this.#timeoutMs = timeoutMs;
    this.#retries = retries;
  }

  /** @throws ProviderError `MLFLOW_AWAY`, `MLFLOW_LOGIN`, `MLFLOW_HOST`, `MLFLOW_REFUSED` and the like */
  get(path: string, query: Readonly<Record<string, string>>, options: CallOptions = {}): Promise<Fields> {
    return this.#call('GET', { path, query: `?${new URLSearchParams(query).toString()}` }, options);
  }

  /** Errors as of `get`. */
  post(path: string, body: object, options: CallOptions = {}): Promise<Fields> {
    return this.#call('POST', { path, body }, options);
  }

  /** A request that makes something each time it is sent, and so is sent once. Errors as of `get`. */
  create(path: string, body: object, options: CallOptions = {}): Promise<Fields> {
    return this.#call('POST', { path, body }, { ...options, once: true });
  }

  /** What is found, else what is then made; both again after a failure that may pass, as what was made may be found then. */
  findOrCreate<Found>(find: () => Promise<Found | null>, create: () => Promise<Found>, { signal }: CallOptions): Promise<Found> {
    return retry(async () => (await find()) ?? (await create()), this.#retries, { signal });
  }

  /** Errors as of `get`. */
  patch(path: string, body: object, options: CallOptions = {}): Promise<Fields> {
    return this.#call('PATCH', { path, body }, options);
  }

  /**
   * Stores a file at a path below the server's artifacts.
   * @param parts names of folders and file, checked by the caller
   */
  async putArtifact(parts: readonly string[], content: Uint8Array, options: CallOptions = {}): Promise<void> {
    const url = `${this.server}${ARTIFACTS}${parts.map(encodeURIComponent).join('/')}`;
    const asked: Asked = { what: 'PUT mlflow-artifacts', server: this.server };
    await this.#send(asked, { method: 'PUT', url, headers: { 'content-type': 'application/octet-stream' }, body: content }, options);
  }

  async #call(method: HttpRequest['method'], { path, query = '', body }: { readonly path: string; readonly query?: string; readonly body?: object }, options: SendOptions): Promise<Fields> {
    const asked: Asked = { what: `${method} ${path}`, server: this.server };
    const request = { method, url: `${this.server}${API}${path}${query}`, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await this.#send(asked, request, options);
    return asObject(answer.text, asked);
  }

  #send(asked: Asked, request: Omit<HttpRequest, 'timeoutMs' | 'signal'>, { signal, once = false }: SendOptions): Promise<HttpAnswer> {
    const headers = this.#authorization === null ? request.headers : { ...request.headers, authorization: this.#authorization };
    const send = async (): Promise<HttpAnswer> => {
      const answer = await sendRequest({ ...request, headers, timeoutMs: this.#timeoutMs, signal }).catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw awayFailure(asked, describeError(cause) || 'no connection', cause);
      });
      if (answer.status < 200 || answer.status > 299) throw answerFailure(asked, answer);
      return answer;
    };
    return once ? send() : retry(send, this.#retries, { signal });
  }
}
