import { describe, expect, it } from 'vitest';

import { chainFeatures } from '../../../src/lab/options/chain-features.js';
import type { ChainFeature } from '../../../src/report/options/chain-view.js';
import { Panel } from '../../../src/table/panel.js';
import { wanderingInput } from '../../options/intelligence/made-history.js';

/** The features of a made underlying whose closes are known from some session on. */
function featuresFrom(close: number): readonly ChainFeature[] {
  const input = wanderingInput(8, 120);
  const own = input.close.map((value, t) => (t < close ? Number.NaN : value));
  const bars = new Panel({ symbols: ['MADE'], sessions: input.sessions, columns: { open: own, high: own, low: own, close: own, volume: own.map(() => 1e6) } });
  return chainFeatures({ bars, from: 'bars', since: null }, new Panel({ symbols: ['MADE'], sessions: input.sessions, columns: input.columns })).last;
}

const squeezeOf = (features: readonly ChainFeature[]): ChainFeature => features.find(({ name }) => name === 'squeeze-score')!;

describe('features of a chain on its session', () => {
  it('count the sessions of windows over closes too', () => {
    const whole = squeezeOf(featuresFrom(0));
    expect(whole.value).not.toBeNull();
    expect(whole.support).toBeGreaterThan(100);
    const short = squeezeOf(featuresFrom(90));
    expect(short).toMatchObject({ value: null, support: 25, missing: '25 of at least 40 sessions with a value' });
  });
});
