import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LoadedConfig } from '../../config/load.js';
import { decisionTime, fixedClock } from '../../core/clock.js';
import type { IsoDate } from '../../core/dates.js';
import { knownStore } from '../../data/store/known-store.js';
import type { Store } from '../../data/store/store.js';
import { readReference } from '../research/research.js';
import type { AuditedLab, MakeLab } from './audited-lab.js';

/** Half an hour after a decision. */
const AFTERWARDS_MS = 30 * 60_000;

/**
 * Labs that stand in the past: the settings and models of another, over a store whose files hold only what was known at the decision
 * time of a session. What they compute is kept in a folder that is removed when they are closed.
 */
export class LabsInTime<L extends AuditedLab> {
  /** Everything that is there, with runs of its own. */
  readonly whole: L;
  readonly #folder: string;
  readonly #from: L;
  readonly #make: MakeLab<L>;
  readonly #made = new Map<IsoDate, Promise<L>>();

  private constructor(parts: { readonly whole: L; readonly folder: string; readonly from: L; readonly make: MakeLab<L> }) {
    ({ whole: this.whole, folder: this.#folder, from: this.#from, make: this.#make } = parts);
  }

  static async open<L extends AuditedLab>(from: L, make: MakeLab<L>): Promise<LabsInTime<L>> {
    const folder = await mkdtemp(join(tmpdir(), 'swinglab-audit-'));
    const whole = await labOver(from.store, { from, make, runs: join(folder, 'whole', 'runs'), session: await lastSession(from.store) });
    return new LabsInTime({ whole, folder, from, make });
  }

  /** The lab as it was in the evening of a session; made once. */
  at(session: IsoDate): Promise<L> {
    const known = this.#made.get(session) ?? this.#makeAt(session);
    this.#made.set(session, known);
    return known;
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #makeAt(session: IsoDate): Promise<L> {
    const place = join(this.#folder, session);
    const store = await knownStore(this.#from.store, session, join(place, 'store'));
    return labOver(store, { from: this.#from, make: this.#make, runs: join(place, 'runs'), session });
  }
}

async function labOver<L extends AuditedLab>(store: Store, { from, make, runs, session }: { readonly from: L; readonly make: MakeLab<L>; readonly runs: string; readonly session: IsoDate }): Promise<L> {
  const config: LoadedConfig = { ...from.config, paths: { ...from.config.paths, store: store.folder, runs } };
  return make({ config, store, clock: fixedClock(decisionTime(session) + AFTERWARDS_MS), reference: await readReference(store, config.config.data.universe) });
}

async function lastSession(store: Store): Promise<IsoDate> {
  return (await store.entry('bars'))!.lastDate as IsoDate;
}
