import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { createFileAtomic, writeFileAtomic } from '../core/atomic-file.js';
import { damagedRun, figureLines, lastFigures, parseEvaluation, parseRecord, type Evaluation, type FigureLine } from './parse-record.js';
import { runId } from './run-id.js';
import type { RunRecord, RunSpec } from './tracker.js';

/** A trial with what led to its figures. */
export interface RunHistory {
  readonly record: RunRecord;
  /** Number of the evaluation that its figures are from, from 1. */
  readonly evaluation: number;
  /** When the first evaluation began, ISO. */
  readonly begunAt: string;
  /** What that evaluation logged, call by call. */
  readonly lines: readonly FigureLine[];
  /** Names of figures of all evaluations. */
  readonly names: readonly string[];
}

interface NumberedEvaluation extends Evaluation {
  readonly number: number;
}

const EVALUATION = /^evaluation-([1-9]\d*)\.json$/;

/**
 * The files of one trial:
 *
 *     run.json              the record as it was when an evaluation last began or ended
 *     metrics.jsonl         one line for each call of logMetrics; metrics-2.jsonl of the second evaluation, and so on
 *     evaluation-1.json     when it began and how it ended; one for each evaluation
 *     artifacts/
 *
 * Every file has one writer, or is replaced whole, or is made by whoever comes first: processes need no lock, and one that
 * is killed leaves nothing that holds up others.
 */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get record(): string {
    return join(this.path, 'run.json');
  }

  get artifacts(): string {
    return join(this.path, 'artifacts');
  }

  metrics(evaluation: number): string {
    return join(this.path, evaluation === 1 ? 'metrics.jsonl' : `metrics-${evaluation}.jsonl`);
  }

  /**
   * Makes the record of a trial that is new, and the next evaluation; its number, from 1.
   * @throws DataError `DAMAGED_RUN`, `WRITE_FAILED`
   */
  async begin(spec: RunSpec, startedAt: string): Promise<number> {
    const started: Evaluation = { status: 'running', startedAt, endedAt: null, metrics: {} };
    const { experiment, name, params, seed, data, code, tags } = spec;
    const record: RunRecord = { id: runId(spec), experiment, name, params, seed, data, code, ...(tags === undefined ? {} : { tags }), ...started, evaluations: 1 };
    const isNew = await createFileAtomic(this.record, text(record));
    if (!isNew) await this.read(); // a damaged record is told before the work, not after
    for (let number = Math.max(0, ...(await this.#numbers())) + 1; ; number++) {
      if (await createFileAtomic(this.#evaluation(number), text(started))) return number;
    }
  }

  async end(number: number, evaluation: Evaluation, { name, tags }: RunSpec): Promise<void> {
    await writeFileAtomic(this.#evaluation(number), text(evaluation));
    const record = (await this.read())!;
    await writeFileAtomic(this.record, text({ ...record, name, ...(tags === undefined ? {} : { tags }) }));
  }

  /**
   * The trial as it stands; `null` when there is none.
   * @throws DataError `DAMAGED_RUN` naming the file
   */
  async read(): Promise<RunRecord | null> {
    return (await this.#readAll())?.record ?? null;
  }

  /** The trial as it stands, with every call that logged its figures; `null` when there is none. Errors as of `read`. */
  async history(): Promise<RunHistory | null> {
    const all = await this.#readAll();
    if (all === null) return null;
    const { record, evaluations } = all;
    const evaluation = evaluations.length === 0 ? 1 : standing(evaluations).number;
    const log = this.metrics(evaluation);
    const lines = figureLines((await readIfThere(log)) ?? '', log);
    const begunAt = evaluations.find(({ number }) => number === 1)?.startedAt ?? record.startedAt;
    return { record, evaluation, begunAt, lines, names: [...new Set(evaluations.flatMap(({ metrics }) => Object.keys(metrics)))] };
  }

  async #readAll(): Promise<{ readonly record: RunRecord; readonly evaluations: readonly NumberedEvaluation[] } | null> {
    const content = await readIfThere(this.record);
    if (content === null) return null;
    const record = parseRecord(content, this.record);
    if (runId(record) !== record.id || record.id !== basename(this.path)) throw damagedRun(this.record, `the id "${record.id}" for what has the id "${runId(record)}"`);
    const evaluations = await Promise.all((await this.#numbers()).map((number) => this.#readEvaluation(number)));
    if (evaluations.length === 0) return { record, evaluations };
    const { reason: _, ...identity } = record;
    const { number: __, ...stands } = standing(evaluations);
    return { record: { ...identity, ...stands, evaluations: Math.max(...evaluations.map(({ number }) => number)) }, evaluations };
  }

  async #numbers(): Promise<number[]> {
    const names = await readdir(this.path);
    return names.flatMap((name) => EVALUATION.exec(name)?.slice(1).map(Number) ?? []).sort((a, b) => a - b);
  }

  #evaluation(number: number): string {
    return join(this.path, `evaluation-${number}.json`);
  }

  async #readEvaluation(number: number): Promise<NumberedEvaluation> {
    const path = this.#evaluation(number);
    const evaluation = parseEvaluation(await readFile(path, 'utf8'), path);
    if (evaluation.status !== 'running') return { ...evaluation, number };
    const log = this.metrics(number);
    return { ...evaluation, number, metrics: lastFigures((await readIfThere(log)) ?? '', log) };
  }
}

/**
 * What a trial's evaluations amount to: the last one that finished, else the last that runs, else the last that failed.
 *
 * A trial that has finished stays so, because its figures have been seen: it counts among the trials whatever becomes of
 * later evaluations.
 */
function standing(evaluations: readonly NumberedEvaluation[]): NumberedEvaluation {
  const last = (status: Evaluation['status']): NumberedEvaluation | undefined =>
    evaluations.filter((one) => one.status === status).reduce<NumberedEvaluation | undefined>((best, one) => (best === undefined || (one.endedAt ?? '') >= (best.endedAt ?? '') ? one : best), undefined);
  const [finished, running, failed] = [last('finished'), last('running'), last('failed')];
  if (finished === undefined) return (running ?? failed)!;
  const failedSince = failed !== undefined && failed.endedAt! > finished.endedAt!;
  return failedSince ? { ...finished, reason: `evaluated again at ${failed.startedAt}, which failed: ${failed.reason ?? 'no reason given'}` } : finished;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const text = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
