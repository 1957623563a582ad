import { requireKnownOptions } from '../../core/known-options.js';
import { isoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import type { AuditEvent, AuditReport } from '../../backtest/audits/audit-report.js';
import type { AuditedLab, MakeLab } from './audited-lab.js';
import { labLeakage, LEAKAGE_OPTIONS, type LeakageOptions } from './leakage.js';
import { labLookahead, LOOKAHEAD_OPTIONS, type LookaheadOptions } from './lookahead.js';
import { AUDIT_OPTIONS, type AuditOptions } from './options.js';
import { labWarmup, WARMUP_OPTIONS, type WarmupOptions } from './warmup.js';

/** Options as a notebook writes them: dates as text. */
export type Asked<Options extends AuditOptions> = Omit<Options, 'since' | 'until'> & { readonly since?: string; readonly until?: string };

/** Looks for values that nobody could have had, in what a lab computes and in what you add to it. */
export class Audits<L extends AuditedLab> {
  readonly #lab: L;
  readonly #make: MakeLab<L>;

  constructor(lab: L, make: MakeLab<L>) {
    this.#lab = lab;
    this.#make = make;
  }

  /**
   * Whether members, features, scores, decisions or fills depend on what came later: each is computed again in labs whose stores hold only what was
   * known on sessions drawn at random.
   * @throws ConfigError for an option that does not exist
   */
  lookahead(options: Asked<LookaheadOptions<L>> = {}): Promise<AuditReport> {
    requireKnownOptions(options, [...AUDIT_OPTIONS, ...LOOKAHEAD_OPTIONS], 'lab.audit.lookahead');
    return finished(labLookahead(this.#lab, this.#make, dated(options)), options);
  }

  /** Whether features, scores and evenings say how much history they need: nothing where there is less, the same bits where there is more. */
  warmup(options: Asked<WarmupOptions> = {}): Promise<AuditReport> {
    requireKnownOptions(options, [...AUDIT_OPTIONS, ...WARMUP_OPTIONS], 'lab.audit.warmup');
    return finished(labWarmup(this.#lab, this.#make, dated(options)), options);
  }

  /** Whether what is judged has been learnt from: splits, scalers, shuffled labels, telling features, missing members, levels of adjusted prices. */
  leakage(options: Asked<LeakageOptions> = {}): Promise<AuditReport> {
    requireKnownOptions(options, [...AUDIT_OPTIONS, ...LEAKAGE_OPTIONS], 'lab.audit.leakage');
    return finished(labLeakage(this.#lab, this.#make, dated(options)), options);
  }
}

function dated<Options extends { readonly since?: string; readonly until?: string }>(options: Options): Omit<Options, 'since' | 'until'> & Pick<AuditOptions, 'since' | 'until'> {
  const { since, until, ...others } = options;
  return { ...others, ...(since === undefined ? {} : { since: isoDate(since, 'audit since') }), ...(until === undefined ? {} : { until: isoDate(until, 'audit until') }) };
}

async function finished(stream: EventStream<AuditEvent, AuditReport>, { onEvent, signal }: Pick<AuditOptions, 'onEvent' | 'signal'>): Promise<AuditReport> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const step = await stream.next();
      if (step.done) return step.value;
      onEvent?.(step.value);
    }
  } finally {
    await stream.return(undefined as never); // lets it remove its folder when the reader leaves early
  }
}
