import type { CorrelationDay } from './correlation-days.js';
import type { Symmetric } from './symmetric.js';

/**
 * A way to measure how much two nodes belong together; nearest neighbours, tree and statistics follow from it.
 *
 * Laws, tested over the registry: every value is in [−1, 1] or NaN where there is none; it does not depend on the order of
 * the nodes; it uses nothing after the session.
 */
export interface GraphBuilder {
  /** kebab-case */
  readonly name: string;
  /** One sentence. */
  readonly describe: string;
  /** Author, year. */
  readonly source: string;
  /** @returns for every two nodes of the day; may be the day's own correlations */
  measure(day: CorrelationDay): Symmetric;
}
