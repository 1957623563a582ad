import type { Feature, FeatureInput } from '../features/feature.js';
import type { Panel } from '../table/panel.js';

/** Features of the members on one session. */
export interface SessionFeatures {
  readonly features: readonly Feature[];
  /** The last session of the panel is the one meant. */
  readonly values: Panel;
  /** Members with a bar on the session, ascending. */
  readonly members: readonly string[];
  /** Features with inputs of which nothing was known on the session. */
  readonly absent: readonly { readonly feature: string; readonly inputs: readonly FeatureInput[] }[];
}
