/** Fields that travel with an error: what was expected, what was found, where. Never secrets. */
export type ErrorFields = Readonly<Record<string, unknown>>;

export interface ErrorOptions {
  /** Stable, upper-case name of the failure, e.g. `BAD_SCHEMA`. */
  readonly code: string;
  readonly fields?: ErrorFields;
  readonly cause?: unknown;
  /** Whether trying again later may help; only such errors are retried. */
  readonly retryable?: boolean;
}

/** Base of every error that swinglab throws on purpose. */
export class AppError extends Error {
  readonly code: string;
  readonly fields: ErrorFields;
  readonly retryable: boolean;

  constructor(message: string, options: ErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.fields = options.fields ?? {};
    this.retryable = options.retryable ?? false;
  }
}

/** A broken invariant or a wrong call: a bug in the caller, never retried. */
export class InvariantError extends AppError {
  constructor(message: string, options: Partial<ErrorOptions> = {}) {
    super(message, { code: 'INVARIANT', ...options });
  }
}

/** A data vendor, or the way to it, failed. */
export class ProviderError extends AppError {}

/** Stored or imported data is not what its schema promises, or is missing. */
export class DataError extends AppError {}

/** The configuration or the command line is wrong. */
export class ConfigError extends AppError {}

/** Another process holds what this one needs. */
export class LockError extends AppError {}

/** One line for a person: the message and the messages of its causes. */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  for (let current: unknown = error; current !== undefined && parts.length < 4; ) {
    const whole = current instanceof Error ? current.message : String(current);
    const message = parts.length === 0 ? whole : whole.split('\n')[0]; // engines explain themselves at length
    if (!parts.some((part) => part.includes(message))) parts.push(message);
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join(': ');
}
