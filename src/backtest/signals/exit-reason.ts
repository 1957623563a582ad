/**
 * Why a trade ended, by its code: a signal or the time was up (at an open), a stop, trailing or not, or a target (within a session), no bar after
 * its last one, or the run's last session.
 */
export const EXIT_REASONS = ['signal', 'stop', 'trailing-stop', 'target', 'time', 'data-end', 'run-end'] as const;

export type ExitReason = (typeof EXIT_REASONS)[number];

/** The code of a reason: its position. */
export const EXIT_CODE = Object.freeze(Object.fromEntries(EXIT_REASONS.map((reason, code) => [reason, code]))) as Readonly<Record<ExitReason, number>>;
