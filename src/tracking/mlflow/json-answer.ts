import { ProviderError } from '../../core/errors.js';
import type { Asked } from './failures.js';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The object that an answer is.
 * @throws ProviderError `MLFLOW_ABSENT` where it is none: then something else answers in MLflow's place
 */
export function asObject(text: string, { what, server }: Asked): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // told below
  }
  throw new ProviderError(`expected a JSON object from MLflow at ${server} for "${what}", found ${JSON.stringify(text.slice(0, 60))}`, { code: 'MLFLOW_ABSENT', fields: { server, hint: 'see whether an MLflow server stands at that address' } });
}

/** An object inside an answer. @throws ProviderError `MLFLOW_ANSWER` */
export function objectOf(fields: Fields, key: string): Fields {
  const value = fields[key];
  if (isObject(value)) return value;
  throw wrong(`an object "${key}"`, value);
}

/** A text inside an answer; MLflow writes ids and versions as text. @throws ProviderError `MLFLOW_ANSWER` */
export function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value === 'string') return value;
  throw wrong(`a text "${key}"`, value);
}

/** Objects of a list; MLflow leaves empty lists out. @throws ProviderError `MLFLOW_ANSWER` */
export function listOf(fields: Fields, key: string): readonly Fields[] {
  const value = fields[key] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw wrong(`a list of objects "${key}"`, value);
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function wrong(expected: string, found: unknown): ProviderError {
  return new ProviderError(`expected ${expected} in an answer of MLflow, found ${(JSON.stringify(found) ?? 'nothing').slice(0, 60)}`, { code: 'MLFLOW_ANSWER' });
}
