/** The foundation model and its network as `swinglab/models/foundation`. */
export { foundationConfigSchema, type FoundationConfig, type FoundationOptions } from './config.js';
export type { FittedFoundation } from './fitted-foundation.js';
export { foundation } from './forecaster.js';
export { applyFoundation, initFoundation, type Foundation, type FoundationBatch, type FoundationOutput, type FoundationSettings } from './foundation.js';
export type { FoundationForecast } from './foundation-forecast.js';
export { risingQuantiles } from './rising-quantiles.js';
