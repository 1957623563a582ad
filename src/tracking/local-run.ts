import { appendFile, realpath, stat, truncate } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

import { writeFileAtomic } from '../core/atomic-file.js';
import type { Clock } from '../core/clock.js';
import { DataError, InvariantError } from '../core/errors.js';
import { makeFolder } from '../core/make-folder.js';
import { requireArtifactName } from './check-names.js';
import { requireMetrics } from './check-run.js';
import type { RunFolder } from './run-folder.js';
import { runId } from './run-id.js';
import type { RunSpec, TrackedRun } from './tracker.js';

export interface LocalRunParts {
  readonly spec: RunSpec;
  readonly files: RunFolder;
  /** Which evaluation of this configuration it is, from 1. */
  readonly evaluation: number;
  readonly startedAt: string;
  readonly clock: Clock;
}

/** One evaluation of a configuration, written down in files as it goes. */
export class LocalRun implements TrackedRun {
  readonly id: string;
  readonly #parts: LocalRunParts;
  readonly #last = new Map<string, number | null>();
  #ended = false;
  /** Calls take effect in their order, whether or not the caller waits. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(parts: LocalRunParts) {
    this.id = runId(parts.spec);
    this.#parts = parts;
  }

  async logMetrics(metrics: Readonly<Record<string, number | null>>, step?: number): Promise<void> {
    this.#requireOpen('figures');
    requireMetrics(metrics, step);
    const values = { ...metrics };
    const { files, evaluation, clock } = this.#parts;
    const line = `${JSON.stringify({ step: step ?? null, time: isoTime(clock), values })}\n`;
    await this.#next(async () => {
      await appendWhole(files.metrics(evaluation), line);
      for (const [key, value] of Object.entries(values)) this.#last.set(key, value);
    });
  }

  async logArtifact(name: string, content: string | Uint8Array): Promise<void> {
    this.#requireOpen(`the artifact "${name}"`);
    requireArtifactName(name);
    const { artifacts } = this.#parts.files;
    const path = join(artifacts, ...name.split('/'));
    await this.#next(async () => {
      await makeFolder(dirname(path));
      await requireInside(artifacts, path);
      await writeFileAtomic(path, content);
    });
  }

  async end(status: 'finished' | 'failed', reason?: string): Promise<void> {
    this.#requireOpen('its end');
    this.#ended = true;
    const { spec, files, evaluation, startedAt, clock } = this.#parts;
    const endedAt = isoTime(clock);
    await this.#next(() => files.end(evaluation, { status, ...(reason === undefined ? {} : { reason }), startedAt, endedAt, metrics: Object.fromEntries(this.#last) }, spec));
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#before.then(work);
    this.#before = done.catch(() => undefined); // told to whoever asked for it
    return done;
  }

  #requireOpen(what: string): void {
    if (this.#ended) throw new InvariantError(`expected ${what} before run ${this.id} of "${this.#parts.spec.experiment}" ended, found it after`, { code: 'RUN_ENDED', fields: { id: this.id } });
  }
}

/** The time of a clock in UTC, ISO 8601. */
export function isoTime(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

/** Adds a line that is there whole or, where the disk is full, not at all. */
async function appendWhole(path: string, line: string): Promise<void> {
  const before = await stat(path).then(({ size }) => size, () => 0);
  try {
    await appendFile(path, line);
  } catch (cause) {
    await truncate(path, before).catch(() => undefined); // the first failure is the one to tell
    throw new DataError(`expected to write "${path}", but it failed`, { code: 'WRITE_FAILED', fields: { path }, cause });
  }
}

/** A link among the folders of the artifacts could lead anywhere. */
async function requireInside(artifacts: string, path: string): Promise<void> {
  const [root, folder] = await Promise.all([realpath(artifacts), realpath(dirname(path))]);
  if (folder !== root && !folder.startsWith(root + sep)) throw new DataError(`expected artifacts inside "${artifacts}", found a link from there to "${folder}"`, { code: 'OUTSIDE_RUN', fields: { path, folder } });
}
