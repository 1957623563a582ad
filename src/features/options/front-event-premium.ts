import { optionsFeature } from './options-feature.js';

export const frontEventPremium = optionsFeature(
  { name: 'front-event-premium', describe: 'move that the nearest expiry has above the volatility that the next one adds, as earnings put it there; below 0 where it has less', formula: '±√|w₁ − σ²T₁|, σ² = (w₂ − w₁) / (T₂ − T₁), w = σ²(T) T at the money', unit: 'fraction', source: 'Dubinsky, Johannes, Kaeck and Seeger (2019), earnings jump from the term structure', lookback: 0, columns: ['eventMove'] },
  { compute: (series) => series.option('eventMove') },
);
