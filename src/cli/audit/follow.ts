import { setImmediate } from 'node:timers/promises';

import type { AuditEvent, AuditReport } from '../../backtest/audits/audit-report.js';
import type { EventStream } from '../../core/events.js';
import type { CliContext } from '../context.js';

/** What is to be said of a step. */
export const stepText = ({ describe, done, of }: AuditEvent): string => (of === 0 ? describe : `${done + 1} of ${of}: ${describe}`);

/** The result of an audit, its steps told on stderr; ends with the signal between two of them. */
export async function followed(stream: EventStream<AuditEvent, AuditReport>, { output, signal }: CliContext): Promise<AuditReport> {
  try {
    for (;;) {
      await setImmediate(); // lets an interruption be heard
      signal.throwIfAborted();
      const step = await stream.next();
      if (step.done) return step.value;
      output.note(stepText(step.value));
    }
  } finally {
    await stream.return(undefined as never); // lets it remove its folder when it is left early
  }
}
