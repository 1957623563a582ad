import { AppError, ConfigError, DataError, type ErrorFields, InvariantError, LockError, ProviderError } from './errors.js';

/** An error as plain data, which survives a message between threads. */
export interface ErrorRecord {
  /** Names of its class and of the classes above it, nearest first. */
  readonly classes: readonly string[];
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  /** Only of an `AppError`. */
  readonly app: { readonly code: string; readonly fields: ErrorFields; readonly retryable: boolean } | null;
  /** `code` of an error of Node's, such as `ENOENT`. */
  readonly systemCode: string | null;
  readonly cause: ErrorRecord | null;
}

const APP_ERRORS = { ProviderError, DataError, ConfigError, LockError, InvariantError };
const NATIVE_ERRORS = { TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError };
const MAX_CAUSES = 8;

/** The record of anything that was thrown; what is not an error becomes one that says so. */
export function recordError(thrown: unknown, depth = 0): ErrorRecord {
  const error = thrown instanceof Error ? thrown : new Error(`something that is no error was thrown: ${String(thrown)}`);
  const { cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    classes: classesOf(error),
    name: error.name,
    message: error.message,
    stack: error.stack ?? null,
    app: error instanceof AppError ? { code: error.code, fields: cloneable(error.fields), retryable: error.retryable } : null,
    systemCode: typeof code === 'string' ? code : null,
    cause: cause === undefined || depth >= MAX_CAUSES ? null : recordError(cause, depth + 1),
  };
}

/** The error of a record: of the nearest class known here, under its own name, with the stack of where it happened. */
export function reviveError(record: ErrorRecord): Error {
  const cause = record.cause === null ? undefined : reviveError(record.cause);
  const error = record.app === null ? reviveOther(record, cause) : reviveApp(record, cause, record.app);
  if (error.name !== record.name) Object.defineProperty(error, 'name', { value: record.name, configurable: true, writable: true });
  if (record.stack !== null) error.stack = record.stack;
  return error;
}

function reviveApp(record: ErrorRecord, cause: Error | undefined, app: NonNullable<ErrorRecord['app']>): AppError {
  const Class = nearest(record, APP_ERRORS) ?? AppError;
  return new Class(record.message, { ...app, cause });
}

function reviveOther(record: ErrorRecord, cause: Error | undefined): Error {
  const Class = nearest(record, NATIVE_ERRORS) ?? Error;
  const error = new Class(record.message, cause === undefined ? undefined : { cause });
  return record.systemCode === null ? error : Object.assign(error, { code: record.systemCode });
}

function nearest<Known extends Readonly<Record<string, unknown>>>(record: ErrorRecord, known: Known): Known[keyof Known] | undefined {
  const name = record.classes.find((candidate) => Object.hasOwn(known, candidate));
  return name === undefined ? undefined : known[name as keyof Known];
}

function classesOf(error: Error): string[] {
  const names: string[] = [];
  for (let prototype: unknown = Object.getPrototypeOf(error); prototype instanceof Error || prototype === Error.prototype; ) {
    names.push((prototype as Error).constructor.name);
    prototype = Object.getPrototypeOf(prototype);
  }
  return names;
}

/** Fields that cannot be sent, such as functions, travel as their text. */
function cloneable(fields: ErrorFields): ErrorFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isCloneable(value) ? value : String(value)]));
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
