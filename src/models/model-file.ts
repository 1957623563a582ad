import { DataError } from '../core/errors.js';
import { isIsoDate, type IsoDate } from '../core/dates.js';
import type { ModelFiles } from './forecaster.js';

/**
 * One JSON file of a saved model, read key by key; what is not as it was written is a DataError `BAD_MODEL_FILE` that says
 * what was expected, what was found and where.
 */
export class ModelFile {
  readonly name: string;
  readonly #values: Readonly<Record<string, unknown>>;

  private constructor(name: string, values: Readonly<Record<string, unknown>>) {
    this.name = name;
    this.#values = values;
  }

  /** @throws DataError `BAD_MODEL_FILE` where the file is not there or no JSON object */
  static read(files: ModelFiles, name: string): ModelFile {
    const text = ModelFile.text(files, name);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw new DataError(`expected JSON, found "${text.slice(0, 40)}" in "${name}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { name }, cause });
    }
    return ModelFile.of(name, value);
  }

  /** The content of a file that is text; errors as of `read`. */
  static text(files: ModelFiles, name: string): string {
    const content = ModelFile.#content(files, name);
    if (typeof content !== 'string') throw new DataError(`expected text, found ${content.length} bytes in "${name}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { name } });
    return content;
  }

  /** The content of a file that is bytes; errors as of `read`. */
  static bytes(files: ModelFiles, name: string): Uint8Array {
    const content = ModelFile.#content(files, name);
    if (typeof content === 'string') throw new DataError(`expected bytes, found text in "${name}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { name } });
    return content;
  }

  static #content(files: ModelFiles, name: string): string | Uint8Array {
    if (Object.hasOwn(files, name)) return files[name];
    throw new DataError(`expected a file "${name}" in a saved model, found ${Object.keys(files).map((other) => `"${other}"`).join(', ') || 'none'}`, { code: 'BAD_MODEL_FILE', fields: { name } });
  }

  static of(name: string, value: unknown): ModelFile {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name, 'an object', value);
    return new ModelFile(name, value as Readonly<Record<string, unknown>>);
  }

  /** The value as it stands, for a reader that checks it itself. */
  raw(key: string): unknown {
    return this.#values[key];
  }

  /** Nothing when the value is this one. */
  exactly(key: string, expected: string | number): void {
    const found = this.#values[key];
    if (found !== expected) throw wrong(this.#at(key), JSON.stringify(expected), found);
  }

  number(key: string): number {
    return this.#checked(key, 'a finite number', Number.isFinite) as number;
  }

  /** A number, or `null` where it is undefined. */
  numberOrNull(key: string): number | null {
    return this.#checked(key, 'a finite number or null', (value) => value === null || Number.isFinite(value)) as number | null;
  }

  count(key: string): number {
    return this.#checked(key, 'a whole number of at least 0', (value) => Number.isInteger(value) && (value as number) >= 0) as number;
  }

  text(key: string): string {
    return this.#checked(key, 'text', (value) => typeof value === 'string') as string;
  }

  flag(key: string): boolean {
    return this.#checked(key, 'true or false', (value) => typeof value === 'boolean') as boolean;
  }

  date(key: string): IsoDate {
    return this.#checked(key, 'a date', isIsoDate) as IsoDate;
  }

  /** One of some texts. */
  oneOf<Text extends string>(key: string, texts: readonly Text[]): Text {
    return this.#checked(key, texts.map((text) => JSON.stringify(text)).join(' or '), (value) => texts.some((text) => text === value)) as Text;
  }

  texts(key: string): readonly string[] {
    return this.#checked(key, 'a list of texts', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')) as readonly string[];
  }

  numbers(key: string): Float64Array {
    return Float64Array.from(this.#checked(key, 'a list of finite numbers', (value) => Array.isArray(value) && value.every(Number.isFinite)) as readonly number[]);
  }

  /** Texts by name. */
  textByName(key: string): Readonly<Record<string, string>> {
    return this.#checked(key, 'texts by name', (value) => isRecord(value) && Object.values(value).every((item) => typeof item === 'string')) as Readonly<Record<string, string>>;
  }

  /** Any JSON object. */
  json<Value>(key: string): Readonly<Record<string, Value>> {
    return this.#checked(key, 'an object', isRecord) as Readonly<Record<string, Value>>;
  }

  /** An object within the file, to be read in the same way. */
  part(key: string): ModelFile {
    return ModelFile.of(this.#at(key), this.#values[key]);
  }

  #checked(key: string, expected: string, isRight: (value: unknown) => boolean): unknown {
    const value = this.#values[key];
    if (!isRight(value)) throw wrong(this.#at(key), expected, value);
    return value;
  }

  #at(key: string): string {
    return `${this.name}: ${key}`;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function wrong(at: string, expected: string, found: unknown): DataError {
  const shown = found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 80);
  return new DataError(`expected ${expected}, found ${shown} at "${at}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { at, found: shown } });
}
