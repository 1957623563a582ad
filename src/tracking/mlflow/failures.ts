import { AppError, ProviderError } from '../../core/errors.js';
import type { HttpAnswer } from './http-request.js';

/** What was asked, for messages: method and path, no address and no values. */
export interface Asked {
  readonly what: string;
  readonly server: string;
}

/** No answer, or one that says to come again. */
export function awayFailure({ server }: Asked, reason: string, cause?: unknown): ProviderError {
  return new ProviderError(`expected an answer from MLflow at ${server}, found ${reason}`, { code: 'MLFLOW_AWAY', fields: { server }, cause, retryable: true });
}

/** What an answer that is no success means. */
export function answerFailure(asked: Asked, { status, headers, text }: HttpAnswer): ProviderError {
  const { server, what } = asked;
  const { errorCode, message } = readError(text);
  const said = `status ${status}${errorCode === null ? '' : ` ${errorCode}`}: ${message}`;
  const failure = (code: string, expected: string, hint?: string, retryable = false): ProviderError => new ProviderError(`expected ${expected}, found ${said}`, { code, fields: { server, status, ...(errorCode === null ? {} : { errorCode }), ...(hint === undefined ? {} : { hint }) }, retryable });
  if ([408, 425, 429, 502, 503, 504].includes(status)) return failure('MLFLOW_AWAY', `an answer from MLflow at ${server}`, undefined, true);
  if (status >= 500) return failure('MLFLOW_FAILED', `MLflow at ${server} to carry out "${what}"`, undefined, true);
  if (status === 401) return failure('MLFLOW_LOGIN', `to be let in by MLflow at ${server}`, 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN');
  if (status === 403 && /host header/i.test(text)) return failure('MLFLOW_HOST', `MLflow to answer to the name ${server}`, `start the server with --allowed-hosts '${new URL(server).host},localhost:*'`);
  if (status === 403 && errorCode === null) return failure('MLFLOW_LOGIN', `to be let in by MLflow at ${server}`);
  if (status >= 300 && status < 400) return failure('MLFLOW_MOVED', `MLflow itself at ${server}`, `it sends one on to ${String(headers['location'] ?? 'nowhere').replace(/\/\/[^/]*@/, '//***@').split('?')[0]}; set that address`);
  if (errorCode === null) return failure('MLFLOW_ABSENT', `MLflow 3 at ${server}, which knows "${what}"`, 'see whether an MLflow server of version 3 stands at that address');
  return failure('MLFLOW_REFUSED', `MLflow to take "${what}"`);
}

/** Whether an error says that this very request was wrong, by the name that MLflow has for it. */
export function isRefusal(error: unknown, ...errorCodes: readonly string[]): boolean {
  return error instanceof AppError && error.code === 'MLFLOW_REFUSED' && (errorCodes.length === 0 || errorCodes.includes(String(error.fields['errorCode'])));
}

/** Whether nothing else would come through either: the way to the server is what failed. */
export function isWayBlocked(error: unknown): boolean {
  return error instanceof AppError && ['MLFLOW_AWAY', 'MLFLOW_LOGIN', 'MLFLOW_HOST', 'MLFLOW_MOVED', 'MLFLOW_ABSENT'].includes(error.code);
}

const LONGEST = 300;

function readError(text: string): { errorCode: string | null; message: string } {
  try {
    const { error_code: code, message } = JSON.parse(text) as { error_code?: unknown; message?: unknown };
    if (typeof code === 'string') return { errorCode: code, message: oneLine(typeof message === 'string' ? message : '') };
  } catch {
    // no JSON: not of MLflow's own making
  }
  return { errorCode: null, message: oneLine(text.replace(/<[^>]*>/g, ' ')) };
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
