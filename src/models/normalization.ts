import { rankScaler } from '../dataset/scaler/rank-scaler.js';
import type { Samples } from '../dataset/samples.js';

/**
 * What is done to features before a model sees them: `none`, or `rank`: each value becomes its centred rank among those of its
 * session, so that what is learnt is how members of a session compare, and wild sessions count no more than calm ones.
 */
export type Normalization = 'none' | 'rank';

/** Samples as a model sees them; NaN and what is unranked stay. Ranks are among the samples of a session: give all that count. */
export function normalized(samples: Samples, normalization: Normalization, unranked: readonly string[] = []): Samples {
  if (normalization === 'none') return samples;
  const ranked = rankScaler().fit(samples).apply(samples);
  samples.features.forEach((name, feature) => {
    const [start, end] = [feature * samples.length, (feature + 1) * samples.length];
    if (unranked.includes(name)) ranked.x.set(samples.x.subarray(start, end), start);
  });
  return samples.background ? { ...ranked, background: samples.background.ranked(unranked) } : ranked;
}
