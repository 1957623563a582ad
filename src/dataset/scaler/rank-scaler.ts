import { centredRank } from '../../math/cross-section.js';
import type { Samples } from '../samples.js';
import { sharedFloat32 } from '../shared-array.js';
import { badScaler, requireFeatures, type FittedScaler, type Scaler } from './scaler.js';

const NAME = 'rank';

/** Centred rank of each value among those of its session, in (−½, ½): nothing is learnt. */
export function rankScaler(): Scaler {
  return {
    name: NAME,
    describe: 'centred rank within the session',
    params: {},
    fit: ({ features }) => ranks(features),
    load(saved) {
      if (saved.scaler !== NAME) throw badScaler(`the scaler "${NAME}"`, `"${saved.scaler}"`);
      return ranks(saved.features);
    },
  };
}

function ranks(features: readonly string[]): FittedScaler {
  return {
    name: NAME,
    features,
    scaleValue: null,
    apply(samples: Samples, into = sharedFloat32(samples.x.length)) {
      requireFeatures(NAME, features, samples.features);
      let at = 0;
      for (let feature = 0; feature < features.length; feature++) {
        for (const count of samples.counts) {
          into.set(centredRank(samples.x.subarray(at, at + count)), at);
          at += count;
        }
      }
      return { ...samples, x: into };
    },
    save: () => ({ scaler: NAME, params: {}, features, learnt: {} }),
  };
}
