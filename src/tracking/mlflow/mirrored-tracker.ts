import { requireRunSpec } from '../check-run.js';
import { runId } from '../run-id.js';
import type { SpoolEntry } from '../spool/spool.js';
import type { RunRecord, RunSpec, TrackedRun, Tracker } from '../tracker.js';
import type { MlflowMirror } from './mirror.js';

/**
 * A tracker whose runs a mirror copies. The local files are the truth: what they do not take is refused, what they hold is
 * what `runs` tells, and the mirror never fails a call nor holds it up.
 */
export class MirroredTracker implements Tracker {
  readonly #local: Tracker;
  readonly #mirror: MlflowMirror;

  /** @param local keeps its runs where the mirror reads them */
  constructor(local: Tracker, mirror: MlflowMirror) {
    this.#local = local;
    this.#mirror = mirror;
  }

  async start(spec: RunSpec): Promise<TrackedRun> {
    requireRunSpec(spec);
    const entry = await this.#mirror.begin(spec.experiment, runId(spec)); // first, so that no run is overlooked
    try {
      const run = await this.#local.start(spec);
      if (entry === null) return run;
      this.#mirror.changed();
      return new MirroredRun(run, this.#mirror, entry);
    } catch (error) {
      if (entry !== null) await this.#mirror.dropped(entry);
      throw error;
    }
  }

  runs(experiment?: string): Promise<readonly RunRecord[]> {
    return this.#local.runs(experiment);
  }
}

class MirroredRun implements TrackedRun {
  readonly id: string;
  readonly #local: TrackedRun;
  readonly #mirror: MlflowMirror;
  readonly #entry: SpoolEntry;

  constructor(local: TrackedRun, mirror: MlflowMirror, entry: SpoolEntry) {
    this.id = local.id;
    this.#local = local;
    this.#mirror = mirror;
    this.#entry = entry;
  }

  async logMetrics(metrics: Readonly<Record<string, number | null>>, step?: number): Promise<void> {
    await this.#local.logMetrics(metrics, step);
    this.#mirror.changed();
  }

  async logArtifact(name: string, content: string | Uint8Array): Promise<void> {
    await this.#local.logArtifact(name, content);
    this.#mirror.changed();
  }

  async end(status: 'finished' | 'failed', reason?: string): Promise<void> {
    await this.#local.end(status, reason);
    await this.#mirror.ended(this.#entry);
  }
}
