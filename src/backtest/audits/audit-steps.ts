import type { EventStream } from '../../core/events.js';
import type { AuditEvent } from './audit-report.js';

/** A part of an audit's work. */
export interface AuditStep {
  readonly describe: string;
  run(): void | Promise<void>;
}

/** Runs steps in order and tells of each before it begins, so that whoever listens can say how far it is, or stop. */
export async function* runSteps(steps: readonly AuditStep[]): EventStream<AuditEvent, void> {
  for (const [done, step] of steps.entries()) {
    yield { kind: 'step', describe: step.describe, done, of: steps.length };
    await step.run();
  }
}
