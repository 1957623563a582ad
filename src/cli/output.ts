import type { Writable } from 'node:stream';

import { InvariantError } from '../core/errors.js';

/** Results go to stdout, everything that is said about the work to stderr. */
export interface Output {
  /** Whether results are looked at by a person. */
  readonly isTerminal: boolean;
  /** A line of the result, on stdout. */
  readonly line: (text?: string) => void;
  /** The result as the one JSON document of stdout. */
  readonly json: (value: unknown) => void;
  /** A remark on stderr, which `--quiet` silences. */
  readonly note: (text: string) => void;
  /** A warning on stderr, never silenced. */
  readonly warn: (text: string) => void;
  /** What ended the command, on stderr. */
  readonly error: (text: string) => void;
  /** What to do about the error, on stderr. */
  readonly hint: (text: string) => void;
}

export interface OutputStreams {
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** @param isQuiet asked at each remark, because options are read after this is made */
export function createOutput({ stdout, stderr }: OutputStreams, isQuiet: () => boolean): Output {
  let documents = 0;
  const say = (text: string): void => void stderr.write(`${text}\n`);
  return {
    isTerminal: stdout.isTTY === true,
    line: (text = '') => void stdout.write(`${text}\n`),
    json(value) {
      if (++documents > 1) throw new InvariantError('expected one JSON document on stdout, found a second');
      stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note: (text) => (isQuiet() ? undefined : say(text)),
    warn: (text) => say(`warning: ${text}`),
    error: (text) => say(`error: ${text}`),
    hint: (text) => say(`hint: ${text}`),
  };
}

/**
 * Lets a reader that goes away (`swing … | head`) go: what is still written is dropped and the command ends its work.
 * @returns the failure of stdout that is not of that kind, such as a full disk, once it has come
 */
export function watchStreams({ stdout, stderr }: OutputStreams): () => Error | null {
  let failure: Error | null = null;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure ??= error;
  });
  // When stderr fails there is nowhere left to say so.
  stderr.on('error', () => undefined);
  return () => failure;
}

/** Rows as text, columns aligned to the left, without trailing spaces. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}
