/** The foundation network as `swinglab/models/foundation`. */
export { foundationConfigSchema, type FoundationConfig } from './config.js';
export { applyFoundation, initFoundation, type Foundation, type FoundationBatch, type FoundationOutput, type FoundationSettings } from './foundation.js';
export { risingQuantiles } from './rising-quantiles.js';
