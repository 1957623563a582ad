import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { retry, type RetryPolicy } from '../core/async.js';
import { writeFileAtomic } from '../core/atomic-file.js';
import { describeError, InvariantError } from '../core/errors.js';
import { streamOf, type EventStream } from '../core/events.js';
import { hashJson, sha256 } from '../core/hash.js';

/** What happens while a flow runs. */
export type FlowEvent =
  | { readonly kind: 'step-start'; readonly step: string; readonly index: number; readonly count: number; readonly describe: string }
  | { readonly kind: 'step-progress'; readonly step: string; readonly done: number; readonly total: number | null; readonly unit: string }
  | { readonly kind: 'step-retry'; readonly step: string; readonly attempt: number; readonly reason: string }
  | { readonly kind: 'step-end'; readonly step: string; readonly index: number; readonly count: number; readonly cached: boolean; readonly durationMs: number };

/** Reads an artifact of a step. */
export type ReadArtifact = (step: string, artifact: string) => Promise<string>;

export interface StepContext {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number | null, unit: string) => void;
  /** An artifact of a step before this one. */
  readonly read: ReadArtifact;
}

/** One step of a flow: a function of its inputs whose results are kept. */
export interface FlowStep {
  readonly name: string;
  readonly describe: string;
  /** Hashes of everything that decides the result besides the outputs of earlier steps. */
  inputs(): Promise<Readonly<Record<string, string>>>;
  /** Does the work and returns the artifacts (file name → content). May be killed at any moment and run again. */
  run(context: StepContext): Promise<Readonly<Record<string, string>>>;
  /** It looks for something new, so it is run every time; finding what it found before counts as kept from before. */
  readonly looks?: true;
  /** Whether effects outside the run's folder still stand; without it they are none. */
  stands?(read: ReadArtifact): Promise<boolean>;
}

/** What is kept of a finished step. */
export interface StepRecord {
  readonly step: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly inputHash: string;
  /** Artifact → sha256. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly outputHash: string;
  readonly attempts: number;
  readonly durationMs: number;
}

export interface FlowOptions {
  /** Folder of the run: artifacts and records live there. */
  readonly folder: string;
  readonly retry: RetryPolicy;
  readonly signal?: AbortSignal;
}

export interface FlowResult {
  readonly records: readonly StepRecord[];
  /** All steps were taken from an earlier run; those that look for something new found nothing. */
  readonly cached: boolean;
  readonly read: ReadArtifact;
}

/**
 * Runs the steps in order, each once for the same inputs: a step whose record and artifacts are there is not run again,
 * so that a flow which was killed goes on where it was.
 */
export function runFlow(steps: readonly FlowStep[], options: FlowOptions): EventStream<FlowEvent, FlowResult> {
  return streamOf<FlowEvent, FlowResult>(
    async (emit, signal) => {
      const read = (step: string, artifact: string): Promise<string> => readFile(artifactPath(options.folder, steps, step, artifact), 'utf8');
      const records: StepRecord[] = [];
      let cached = true;
      for (const [index, step] of steps.entries()) {
        signal.throwIfAborted();
        const position = { step: step.name, index, count: steps.length };
        emit({ kind: 'step-start', ...position, describe: step.describe });
        const started = performance.now();
        const inputs = { ...(await step.inputs()), ...Object.fromEntries(records.map((record) => [`step:${record.step}`, record.outputHash])) };
        const known = await reusable(step, hashJson(inputs), recordPath(options.folder, steps, step.name), read);
        const record = known !== null && !step.looks ? known : await runStep(step, inputs, { steps, options, signal, emit, read, started });
        const kept = known?.outputHash === record.outputHash;
        records.push(record);
        cached &&= kept;
        emit({ kind: 'step-end', ...position, cached: kept, durationMs: performance.now() - started });
      }
      return { records, cached, read };
    },
    options.signal ? { signal: options.signal } : {},
  );
}

function stepFolder(folder: string, steps: readonly FlowStep[], name: string): string {
  const index = steps.findIndex((step) => step.name === name);
  if (index < 0) throw new InvariantError(`expected one of the steps ${steps.map((step) => step.name).join(', ')}, found "${name}"`);
  return join(folder, `${index + 1}-${name}`);
}

const artifactPath = (folder: string, steps: readonly FlowStep[], step: string, artifact: string): string => join(stepFolder(folder, steps, step), artifact);

const recordPath = (folder: string, steps: readonly FlowStep[], step: string): string => join(stepFolder(folder, steps, step), 'record.json');

/** The record of the step for exactly these inputs, when everything it names is still there unchanged. */
async function reusable(step: FlowStep, inputHash: string, path: string, read: ReadArtifact): Promise<StepRecord | null> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as StepRecord;
    if (record.inputHash !== inputHash) return null;
    for (const [artifact, hash] of Object.entries(record.outputs)) if (sha256(await read(step.name, artifact)) !== hash) return null;
    return step.stands === undefined || (await step.stands(read)) ? record : null;
  } catch {
    return null; // no record, or a damaged one: the step is run
  }
}

interface RunContext {
  readonly steps: readonly FlowStep[];
  readonly options: FlowOptions;
  readonly signal: AbortSignal;
  readonly emit: (event: FlowEvent) => unknown;
  readonly read: ReadArtifact;
  readonly started: number;
}

async function runStep(step: FlowStep, inputs: Readonly<Record<string, string>>, { steps, options, signal, emit, read, started }: RunContext): Promise<StepRecord> {
  let attempts = 0;
  const context: StepContext = { signal, read, progress: (done, total, unit) => void emit({ kind: 'step-progress', step: step.name, done, total, unit }) };
  const artifacts = await retry(
    () => {
      attempts++;
      return step.run(context);
    },
    options.retry,
    { signal, onRetry: ({ attempt, error }) => void emit({ kind: 'step-retry', step: step.name, attempt, reason: describeError(error) }) },
  );
  const outputs: Record<string, string> = {};
  for (const [artifact, content] of Object.entries(artifacts)) {
    await writeFileAtomic(artifactPath(options.folder, steps, step.name, artifact), content);
    outputs[artifact] = sha256(content);
  }
  const record: StepRecord = { step: step.name, inputs, inputHash: hashJson(inputs), outputs, outputHash: hashJson(outputs), attempts, durationMs: Math.round(performance.now() - started) };
  await writeFileAtomic(recordPath(options.folder, steps, step.name), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}
